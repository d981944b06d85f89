import type { Missed as Refused } from "../lib/journey";
import { inZone } from "../lib/plain-date";
import { Notice } from "./notice";
import { troubleWords } from "./trouble";
import { sayDayAndTime, useWords } from "./words";

type MissedProps = { readonly missed: Refused };

/** A request that turned out to be refused after its dialog was gone. */
export function Missed({ missed }: MissedProps) {
  const words = useWords();
  const { t, zone } = words;
  const when = sayDayAndTime(words, inZone(missed.start, zone) ?? missed.start);
  const { title, text } = troubleWords(missed.trouble, t);
  return (
    <Notice title={t.notBooked(when)} urgent={missed}>
      {`${title}. ${text}`}
    </Notice>
  );
}
