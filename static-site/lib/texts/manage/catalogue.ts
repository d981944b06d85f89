// The words of the page that manages a booking, beside those of every page.

import type { Catalogue, Notice, ProblemName } from "../catalogue";

/** What is said otherwise where a booking is changed and not made. */
export type Instead = Pick<
  Catalogue,
  "unreachable" | "tooMany" | "nothingSentTwice" | "takenText" | "takenNoOthers"
> & { readonly problems: Readonly<Partial<Record<ProblemName, Notice>>> };

export type ManageCatalogue = {
  readonly instead: Instead;

  // The page
  readonly pageTitle: (title: string) => string;
  readonly loading: string;
  readonly slow: string;
  readonly linkMissing: Notice;
  readonly linkBroken: Notice;
  /** It became another one while it was looked at. */
  readonly surprise: Notice;

  // Where the booking is in its life
  readonly pendingTitle: string;
  readonly begunTitle: string;
  readonly overTitle: string;
  readonly hadBooked: (title: string, people: string, when: string) => string;
  readonly hadAsked: (title: string, people: string, when: string) => string;
  readonly invitationWent: (email: string) => string;
  readonly cancelledBy: Readonly<Record<"attendee" | "host" | "calendar", (when: string) => string>>;
  readonly declinedText: string;
  /** The reading where the guest's device stands, if that is another zone. */
  readonly hereTime: (range: string, city: string, zone: string) => string;

  // What was said
  readonly bookedBy: string;
  readonly guests: string;
  readonly phone: string;
  readonly note: string;
  readonly reason: string;
  readonly yes: string;
  readonly no: string;

  // What is left to be done
  readonly move: string;
  readonly cancel: string;
  readonly until: (when: string) => string;
  readonly untilBegin: string;
  readonly fixed: string;
  readonly lateTitle: string;
  readonly late: (until: string, people: string) => string;
  readonly bookAnother: string;

  // Moving
  readonly moveTitle: string;
  readonly present: string;
  /** Marks the time of the booking in the list. */
  readonly presentMark: string;
  readonly keep: string;
  readonly nothingElse: string;
  readonly confirmMove: string;
  /** The same sentence in two tenses. */
  readonly moving: (title: string, people: string, from: string, to: string) => string;
  readonly hasMoved: (title: string, people: string, from: string, to: string) => string;
  /** Where it is not known from where. */
  readonly hasMovedTo: (title: string, people: string, to: string) => string;
  readonly moveTo: (time: string) => string;
  readonly inFlightMove: string;
  readonly movedTitle: string;
  readonly movedNext: (email: string) => string;

  // Cancelling
  readonly confirmCancel: string;
  readonly cancelling: (title: string, people: string, when: string) => string;
  readonly hasCancelled: (title: string, people: string, when: string) => string;
  readonly reasonAsked: string;
  readonly reasonHint: string;
  readonly keepIt: string;
  readonly inFlightCancel: string;
  readonly cancelledTitle: string;
  readonly cancelledNext: (email: string) => string;
};
