import { isProblem, nameOf, type Trouble } from "../lib/journey";
import { dateOf, type Instant } from "../lib/plain-date";
import type { Catalogue, ProblemName, Notice as Said } from "../lib/texts/catalogue";
import { waitOf } from "../lib/wait";
import { Notice } from "./notice";
import { sayDayAndTime, sayTime, useWords, type Words } from "./words";

/** What happened, and what to do about it. Of what is `open` nobody can say that nothing came of it. */
export function troubleWords(trouble: Trouble, t: Catalogue, open = false): Said {
  if (trouble.kind === "unreachable") return t.unreachable;
  const { problem, retryAfterSecs } = trouble;
  const name = nameOf(problem) as ProblemName;
  const said = Object.hasOwn(t.problems, name) ? t.problems[name] : t.problemUnknown;
  if (problem.reason && Object.hasOwn(t.notOffered, problem.reason)) {
    return { ...said, text: t.notOffered[problem.reason] };
  }
  const isOften = problem.status === 429;
  if (retryAfterSecs === undefined) return open && isOften ? { ...said, text: t.problemUnknown.text } : said;
  const wait = waitOf(retryAfterSecs);
  if (open && isOften) return { ...said, text: t.waitFirst(wait) };
  return { ...said, text: isOften ? t.tooMany(wait) : t.busyWait(wait) };
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

type SendTroubleProps = {
  readonly trouble: Trouble;
  /** Whether nobody knows what became of the request. */
  readonly open?: boolean;
  /** What is said of what was typed. */
  readonly kept?: string;
};

/** In the dialog: the same request may be sent again, and books nothing twice. */
export function SendTrouble({ trouble, open = false, kept = "" }: SendTroubleProps) {
  const { t } = useWords();
  const { title, text } = troubleWords(trouble, t, open);
  const more = trouble.kind === "unreachable" ? [kept, t.nothingSentTwice] : [];
  return (
    <Notice title={title} tone="grave" urgent={trouble}>
      {[text, ...more].filter(Boolean).join(" ")}
    </Notice>
  );
}

type PartTroubleProps = { readonly trouble: object; readonly onRetry: () => void };

/** A part of the page itself has not arrived: it takes the focus, because the guest has just asked for it. */
export function PartTrouble({ trouble, onRetry }: PartTroubleProps) {
  const { t } = useWords();
  const again = (
    <button type="button" class="button primary" onClick={onRetry}>
      {t.tryAgain}
    </button>
  );
  return (
    <Notice title={t.partMissing.title} tone="grave" urgent={trouble} acts={again}>
      {t.partMissing.text}
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
