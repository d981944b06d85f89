// Every word of the page. A language is complete when it satisfies this type.
//
// Texts hold no markup. Days, times and names arrive ready for the sentence; numbers arrive as numbers, because
// languages differ in how they count.

import type { LocationKind, Mode, NotOfferedReason, QuestionKind } from "../api";
import type { PartOfDay } from "../listing";

export type Lang = "en" | "de" | "en-XB";
export type Dir = "ltr" | "rtl";

/** A heading and what to do next. */
export type Notice = { readonly title: string; readonly text: string };

/** A wait in the unit in which people say it. */
export type Wait = { readonly count: number; readonly unit: "second" | "minute" | "hour" };

/** The last part of a problem's `type`. */
export type ProblemName =
  | "forbidden"
  | "not-found"
  | "meeting-type-unknown"
  | "booking-unknown"
  | "method-not-allowed"
  | "slot-taken"
  | "too-large"
  | "unsupported-media-type"
  | "invalid"
  | "not-offered"
  | "too-late"
  | "idempotency-key-reused"
  | "too-many-requests"
  | "failed"
  | "busy"
  | "unavailable";

/** A part of a request to book that has no field on the page; `answers` for a question that is not there. */
export type UnseenPart = "host" | "duration_minutes" | "time_zone" | "start" | "answers" | "other";

export type Catalogue = {
  readonly lang: Lang;
  readonly dir: Dir;

  // The page
  readonly pageTitle: (title: string, people: string) => string;
  readonly pageTitleUnknown: string;
  readonly skipToTimes: string;
  readonly close: string;
  readonly tryAgain: string;
  readonly loading: string;
  readonly slow: string;

  // Who, what, where
  /** "Nora and Emil", "Nora, Emil or Yuki": as the meeting type shares them. Empty for nobody. */
  readonly people: (names: readonly string[], mode: Mode) => string;
  /** "30 minutes", "1 hour 30 minutes". */
  readonly duration: (minutes: number) => string;
  readonly durationLegend: string;
  readonly places: Readonly<Record<LocationKind, string>>;
  /** A phone call to this number. */
  readonly placeCall: (number: string) => string;
  /** What a guest wants to know about a place that has no detail yet; empty where there is nothing to say. */
  readonly placeNotes: Readonly<Record<LocationKind, string>>;
  readonly approvalNote: string;

  // The month
  readonly chooseDay: string;
  readonly previousMonth: string;
  readonly nextMonth: string;
  readonly zoneButton: (city: string, time: string) => string;
  /** What the button is called where nobody sees that it stands under the month. */
  readonly zoneButtonName: (shown: string) => string;
  readonly zoneTitle: string;
  readonly zoneSearch: string;
  readonly zoneHint: string;
  readonly zoneYours: string;
  /** Said of the zone that the page reads now. */
  readonly zoneChosen: string;
  readonly zonesFound: (count: number) => string;
  readonly zoneNotFound: (query: string) => string;
  /** Below a list that shows some of them. */
  readonly zoneMore: string;
  /** The wanted zone is not known; times are shown in another. */
  readonly zoneFallback: (wanted: string, used: string) => string;
  readonly clockLegend: string;
  readonly clock12: string;
  readonly clock24: string;

  // The times
  readonly chooseTime: string;
  readonly freeTimes: (day: string, count: number) => string;
  readonly partOfDay: Readonly<Record<PartOfDay, string>>;
  /** "Morning (4)". */
  readonly partLegend: (part: string, count: number) => string;
  readonly nextFree: (when: string) => string;
  readonly nothingIn: (month: string) => string;
  readonly nothingOn: (day: string) => string;
  readonly nothingAtAll: Notice;
  readonly windowRolling: (days: number, hosts: number) => string;
  readonly windowFixed: (from: string, to: string, hosts: number) => string;
  readonly windowNotice: (minutes: number, hosts: number) => string;
  /** Links and buttons outside the form: "Tuesday 3 March, 14:30". */
  readonly dayAndTime: (day: string, time: string) => string;

  // Whose clock
  readonly yourTime: (city: string, zone: string) => string;
  readonly hostTime: (range: string, city: string, zone: string) => string;

  // The form
  readonly change: string;
  readonly changeTime: string;
  readonly name: string;
  readonly email: string;
  readonly emailHint: string;
  readonly phone: string;
  readonly phoneHint: string;
  /** The same where the host calls the guest. */
  readonly phoneHintCalled: string;
  readonly note: string;
  readonly guests: string;
  readonly guestsHint: string;
  readonly addGuests: string;
  readonly required: string;
  readonly optional: string;
  readonly chooseOne: string;
  readonly questionHints: Readonly<Partial<Record<QuestionKind, string>>>;
  readonly book: (time: string) => string;
  readonly ask: (time: string) => string;
  readonly booking: string;
  readonly asking: string;

  // What a field wants
  readonly errorSummary: (count: number) => string;
  readonly nameMissing: string;
  readonly emailMissing: string;
  readonly emailShape: string;
  readonly phoneShape: string;
  readonly guestShape: (address: string) => string;
  /** `count` is left out where the server found them too many. */
  readonly guestsTooMany: (most: number, count?: number) => string;
  readonly tooLong: (most: number, count: number) => string;
  /** The same from the server, which does not say how many there are. */
  readonly tooLongSomewhere: string;
  readonly answerMissing: Readonly<Record<QuestionKind, string>>;
  readonly answerChoice: string;
  readonly answerUrl: string;
  readonly hiddenCharacters: string;
  /** What was refused of that nobody types, and what can be done about it. */
  readonly unseen: Readonly<Record<UnseenPart, string>>;
  /** A field and what the server says of it: "Team size must be given." */
  readonly serverSays: (field: string, detail: string) => string;

  // Confirm
  readonly confirmTitle: string;
  readonly askTitle: string;
  readonly where: string;
  readonly back: string;
  /** The same sentence in two tenses. */
  readonly bookingSentence: (title: string, people: string, when: string) => string;
  readonly bookedSentence: (title: string, people: string, when: string) => string;
  readonly askingSentence: (title: string, people: string, when: string) => string;
  readonly askedSentence: (title: string, people: string, when: string) => string;

  // Booked
  readonly bookedTitle: string;
  readonly askedTitle: string;
  readonly cancelledTitle: string;
  readonly declinedTitle: string;
  readonly invitationSent: (email: string) => string;
  readonly answerComes: (people: string, email: string) => string;
  readonly goneText: string;
  readonly addToCalendar: string;
  readonly calendarGoogle: string;
  readonly calendarOutlook: string;
  readonly calendarOffice365: string;
  readonly calendarFile: string;
  readonly changeOrCancel: string;
  readonly bookAnother: string;
  /** Shown above the times after going back from the success view. */
  readonly alreadyBooked: (when: string) => string;
  readonly showBooking: string;

  // When it does not work
  readonly unreachable: Notice;
  /** A part of the page itself that was to be fetched later. */
  readonly partMissing: Notice;
  readonly problems: Readonly<Record<ProblemName, Notice>>;
  readonly problemUnknown: Notice;
  readonly notOffered: Readonly<Record<NotOfferedReason, string>>;
  readonly taken: (time: string) => string;
  readonly takenText: string;
  readonly takenNoOthers: string;
  readonly chooseAnother: string;
  readonly tooMany: (wait: Wait) => string;
  readonly busyWait: (wait: Wait) => string;
  /** The same where nobody can say that nothing was booked. */
  readonly waitFirst: (wait: Wait) => string;
  readonly typedKept: string;

  // When nobody knows whether a request arrived
  /** What is changed before trying again changes nothing about it. */
  readonly onceAtMost: string;
  readonly notBooked: (when: string) => string;
  readonly earlierBooked: string;
  /** The same of a booking that is to be changed. */
  readonly nothingSentTwice: string;
};
