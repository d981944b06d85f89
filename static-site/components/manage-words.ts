import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Managed } from "../lib/manage-api";
import { type Instant, inZone } from "../lib/plain-date";
import type { ManageCatalogue } from "../lib/texts/manage/catalogue";
import { minutesOf, peopleOf, sayWhen, useWords, type Words } from "./words";

/** The words of the page that manages a booking, beside those of every page. */
export type ManageWords = Words & { readonly m: ManageCatalogue };

export const ManageContext = createContext<ManageCatalogue | undefined>(undefined);

export function useManageWords(): ManageWords {
  const m = useContext(ManageContext);
  if (!m) throw new Error("a component that speaks of a booking stands outside of its page");
  return { ...useWords(), m };
}

/** What a sentence about a booking is made of, as the guest reads it now. */
export type Named = {
  readonly title: string;
  readonly people: string;
  readonly start: Instant;
  readonly minutes: number;
  /** "Tuesday 3 March, 14:30 to 15:00". */
  readonly when: string;
};

export function named(words: Words, { booking }: Managed): Named {
  const start = here(words, booking.start);
  const minutes = minutesOf(booking);
  const { title } = booking.meeting_type;
  return { title, people: peopleOf(booking, words.t), start, minutes, when: sayWhen(words, start, minutes) };
}

/** The same instant in the zone that is read now; as it came where the browser does not know that zone. */
export function here({ zone }: Words, at: Instant): Instant {
  return inZone(at, zone) ?? at;
}
