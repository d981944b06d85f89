import { isProblem, nameOf, passes, type Trouble } from "../lib/journey";
import { dateOf, type Instant } from "../lib/plain-date";
import type { Catalogue, ProblemName, Notice as Said } from "../lib/texts/catalogue";
import { waitOf } from "../lib/wait";
import { Notice } from "./notice";
import { sayDayAndTime, sayTime, useWords, type Words } from "./words";

/** What happened, and what to do about it. */
export function troubleWords(trouble: Trouble, t: Catalogue): Said {
  if (trouble.kind === "unreachable") return t.unreachable;
  const { problem, retryAfterSecs } = trouble;
  const name = nameOf(problem) as ProblemName;
  const said = Object.hasOwn(t.problems, name) ? t.problems[name] : t.problemUnknown;
  if (problem.reason && Object.hasOwn(t.notOffered, problem.reason)) {
    return { ...said, text: t.notOffered[problem.reason] };
  }
  if (retryAfterSecs === undefined) return said;
  const wait = waitOf(retryAfterSecs);
  return { ...said, text: problem.status === 429 ? t.tooMany(wait) : t.busyWait(wait) };
}

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

/** In the dialog: the same request may be sent again, and books nothing twice. */
export function SendTrouble({ trouble }: { readonly trouble: Trouble }) {
  const { t } = useWords();
  const { title, text } = troubleWords(trouble, t);
  const safe = passes(trouble) && trouble.kind === "unreachable" ? ` ${t.nothingSentTwice}` : "";
  return (
    <Notice title={title} tone="grave" urgent={trouble}>
      {text + safe}
    </Notice>
  );
}

type TimesTroubleProps = { readonly trouble: Trouble; readonly onRetry: () => void };

/** The free times could not be had. */
export function TimesTrouble({ trouble, onRetry }: TimesTroubleProps) {
  const { t } = useWords();
  const { title, text } = troubleWords(trouble, t);
  const again = (
    <button type="button" class="button primary" onClick={onRetry}>
      {t.tryAgain}
    </button>
  );
  return (
    <Notice title={title} tone="grave" acts={again}>
      {text}
    </Notice>
  );
}
