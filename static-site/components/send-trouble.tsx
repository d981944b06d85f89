import { isProblem, type Trouble } from "../lib/journey";
import type { Catalogue, Notice as Said } from "../lib/texts/catalogue";
import { waitOf } from "../lib/wait";
import { Notice } from "./notice";
import { troubleWords } from "./trouble";
import { useWords } from "./words";

type SendTroubleProps = {
  readonly trouble: Trouble;
  /** Whether something was sent of which nobody knows what became of it. */
  readonly open?: boolean;
  /** What else is to be said: that what was typed is kept, that nothing is done twice. */
  readonly more: readonly string[];
};

/** In the dialog: the same request may be sent again. */
export function SendTrouble({ trouble, open = false, more }: SendTroubleProps) {
  const { t } = useWords();
  const { title, text } = open ? openWords(trouble, t) : troubleWords(trouble, t);
  return (
    <Notice title={title} tone="grave" urgent={trouble}>
      {[text, ...more].join(" ")}
    </Notice>
  );
}

/** What was not taken this time says nothing of what was sent before: nobody can say that nothing was booked. */
function openWords(trouble: Trouble, t: Catalogue): Said {
  const said = troubleWords(trouble, t);
  if (!isProblem(trouble, "too-many-requests") && !isProblem(trouble, "busy")) return said;
  const { retryAfterSecs } = trouble;
  const text = retryAfterSecs === undefined ? t.problemUnknown.text : t.waitFirst(waitOf(retryAfterSecs));
  return { ...said, text };
}
