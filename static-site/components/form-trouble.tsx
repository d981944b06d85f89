import { isProblem, type Trouble } from "../lib/journey";
import { dateOf, type Instant } from "../lib/plain-date";
import { Notice } from "./notice";
import { troubleWords } from "./trouble";
import { sayDayAndTime, sayTime, useWords, type Words } from "./words";

type FormTroubleProps = {
  readonly trouble: Trouble;
  readonly slot: Instant;
  readonly spelled: (slot: Instant) => Instant;
  readonly onAlternative: (slot: Instant) => void;
  readonly onOther: () => void;
};

/** A booking that did not come about, above the form that keeps everything. */
export function FormTrouble({ trouble, slot, spelled, onAlternative, onOther }: FormTroubleProps) {
  const words = useWords();
  const { t } = words;
  const nearby = isProblem(trouble, "slot-taken") ? (trouble.problem.alternatives ?? []).map(spelled) : [];
  const other = (
    <button type="button" class={nearby.length ? "button" : "button primary"} onClick={onOther}>
      {t.chooseAnother}
    </button>
  );
  if (!isProblem(trouble, "slot-taken")) {
    const { title, text } = troubleWords(trouble, t);
    return (
      <Notice title={title} tone="grave" urgent={trouble} acts={isProblem(trouble, "not-offered") && other}>
        {text}
      </Notice>
    );
  }
  const acts = (
    <>
      {nearby.map((near) => (
        <button type="button" class="button primary figures" key={near} onClick={() => onAlternative(near)}>
          {sayNear(words, near, slot)}
        </button>
      ))}
      {other}
    </>
  );
  return (
    <Notice title={t.taken(sayTime(words, slot))} urgent={trouble} acts={acts}>
      {nearby.length ? t.takenText : t.takenNoOthers}
    </Notice>
  );
}

/** Whether the chosen time is out of reach, so that asking for it once more would only fail once more. */
export function isLost(trouble: Trouble | undefined): boolean {
  return trouble !== undefined && (isProblem(trouble, "slot-taken") || isProblem(trouble, "not-offered"));
}

/** "15:00" on the same day, "Wednesday 4 March, 09:00" on another. */
function sayNear(words: Words, near: Instant, slot: Instant): string {
  return dateOf(near) === dateOf(slot) ? sayTime(words, near) : sayDayAndTime(words, near);
}
