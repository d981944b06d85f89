import { nameOf, type Trouble } from "../lib/journey";
import type { Catalogue, ProblemName, Notice as Said } from "../lib/texts/catalogue";
import { waitOf } from "../lib/wait";
import { Notice } from "./notice";
import { useWords } from "./words";

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
