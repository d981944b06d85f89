import type { BookingRequest } from "../lib/api";
import type { Sent } from "../lib/intent";
import type { Missed, Trouble } from "../lib/journey";
import { type Instant, inZone } from "../lib/plain-date";
import { Notice } from "./notice";
import { troubleWords } from "./trouble";
import { sayDayAndTime, useWords, type Words } from "./words";

type UnsureProps = {
  readonly open: Sent<BookingRequest> | undefined;
  readonly finding: boolean;
  /** What stood in the way of finding out. */
  readonly trouble: Trouble | undefined;
  readonly missed: Missed | undefined;
  readonly onFindOut: () => void;
  readonly onForget: () => void;
};

/** A request whose answer was lost, and the way to find out what became of it; or what became of one since. */
export function Unsure({ open, missed, ...rest }: UnsureProps) {
  const words = useWords();
  const { t } = words;
  if (open) return <Open open={open} {...rest} />;
  if (!missed) return null;
  const { title, text } = troubleWords(missed.trouble, t);
  return (
    <Notice title={t.notBooked(sayStart(words, missed.start))} urgent={missed}>
      {`${title}. ${text}`}
    </Notice>
  );
}

type OpenProps = Omit<UnsureProps, "open" | "missed"> & { readonly open: Sent<BookingRequest> };

function Open({ open, finding, trouble, onFindOut, onForget }: OpenProps) {
  const words = useWords();
  const { t } = words;
  // Whom the server answers, and still does not tell, must not be held up for ever.
  const isStuck = trouble?.kind === "problem";
  const said = trouble ? [troubleWords(trouble, t, true).text] : [];
  const acts = (
    <>
      <button type="button" class="button" aria-disabled={finding} onClick={() => finding || onFindOut()}>
        {finding ? t.findingOut : t.findOut}
      </button>
      {isStuck && !finding && (
        <button type="button" class="button" onClick={onForget}>
          {t.goOn}
        </button>
      )}
    </>
  );
  return (
    <Notice
      title={t.unsure(sayStart(words, open.body.start))}
      {...(trouble && { urgent: trouble })}
      acts={acts}
    >
      {[...said, isStuck ? t.unsureLetter : t.unsureText].join(" ")}
    </Notice>
  );
}

/** "Tuesday 3 March, 14:30", read in the zone of now. */
export function sayStart(words: Words, start: Instant): string {
  return sayDayAndTime(words, inZone(start, words.zone) ?? start);
}
