import type { Mode } from "../api";
import type { Catalogue, Wait } from "./catalogue";
import { counter } from "./count";

const n = counter("en");
const all = new Intl.ListFormat("en-GB", { type: "conjunction" });
const any = new Intl.ListFormat("en-GB", { type: "disjunction" });

export const en: Catalogue = {
  lang: "en",
  dir: "ltr",

  pageTitle: (title, people) => (people ? `${title} with ${people}` : title),
  pageTitleUnknown: "Book a time",
  skipToTimes: "Skip to the times",
  close: "Close",
  tryAgain: "Try again",
  loading: "Looking for free times …",
  slow: "This is taking longer than usual. The times appear here as soon as they arrive.",

  people,
  duration,
  durationLegend: "How long",
  places: {
    google_meet: "Google Meet",
    teams: "Microsoft Teams",
    phone: "By phone",
    in_person: "In person",
    link: "Online",
    to_be_agreed: "Place to be agreed",
  },
  placeCall: (number) => `By phone: call ${number}`,
  placeNotes: {
    google_meet: "The link comes with the invitation.",
    teams: "The link comes with the invitation.",
    phone: "The host calls you, if you leave a number.",
    in_person: "You will be told where.",
    link: "The link comes with the invitation.",
    to_be_agreed: "",
  },
  approvalNote: "This time is yours once the host has agreed. The answer comes by email.",

  chooseDay: "Choose a day",
  previousMonth: "Previous month",
  nextMonth: "Next month",
  zoneButton: (city, time) => `${city}, ${time} now`,
  zoneButtonName: (shown) => `Time zone: ${shown}`,
  zoneTitle: "Your time zone",
  zoneSearch: "Search for a time zone",
  zoneHint: "A city, an offset or a name: Lisbon, UTC+5:45, Eastern",
  zoneYours: "Your device’s zone",
  zoneChosen: "chosen",
  zonesFound: (count) => n(count, "# time zone found", "# time zones found"),
  zoneNotFound: (query) =>
    `No time zone matches “${query}”. Try a larger city nearby, or an offset such as UTC+2.`,
  zoneMore: "There are more time zones. Type to find yours.",
  zoneFallback: (wanted, used) => `There is no time zone called “${wanted}”. Times are shown for ${used}.`,
  clockLegend: "Clock",
  clock12: "12-hour",
  clock24: "24-hour",

  chooseTime: "Choose a time",
  freeTimes: (day, count) =>
    count === 0 ? `${day}: no free times` : n(count, `${day}: # free time`, `${day}: # free times`),
  partOfDay: { morning: "Morning", afternoon: "Afternoon", evening: "Evening" },
  partLegend: (part, count) => `${part} (${count})`,
  nextFree: (when) => `Next free time: ${when}`,
  nothingIn: (month) => `Nothing is free in ${month}.`,
  nothingOn: (day) => `Nothing is free on ${day}.`,
  nothingAtAll: {
    title: "No free times at present",
    text: "Every time that can be booked is taken. Times open up again when plans change, so look in again later.",
  },
  windowRolling: (days, hosts) =>
    days === 0
      ? `${hosts === 1 ? "This host takes" : "These hosts take"} bookings for the same day only.`
      : n(days, `${takes(hosts)} up to # day ahead.`, `${takes(hosts)} up to # days ahead.`),
  windowFixed: (from, to, hosts) => `${takes(hosts)} from ${from} to ${to}.`,
  windowNotice: (minutes, hosts) =>
    `${hosts === 1 ? "This host needs" : "These hosts need"} to know at least ${duration(minutes)} ahead.`,
  dayAndTime: (day, time) => `${day}, ${time}`,

  yourTime: (city, zone) => `your time, ${city} (${zone})`,
  hostTime: (range, city, zone) => `${range} for the host, ${city} (${zone})`,

  change: "Change",
  changeTime: "Change the time",
  name: "Your name",
  email: "Your email address",
  emailHint: "The invitation goes there.",
  phone: "Your phone number",
  phoneHint: "With the country code, such as +44 20 7946 0123.",
  phoneHintCalled: "The host calls you on it. With the country code, such as +44 20 7946 0123.",
  note: "Anything to add?",
  guests: "Guests",
  guestsHint: "Email addresses with commas between them, up to 10. Each gets the invitation.",
  addGuests: "Add guests",
  required: "required",
  optional: "optional",
  chooseOne: "Choose one",
  questionHints: {
    phone: "With the country code, such as +44 20 7946 0123.",
    url: "A web address, such as https://example.org.",
  },
  book: (time) => `Book ${time}`,
  ask: (time) => `Ask for ${time}`,
  booking: "Booking …",
  asking: "Asking …",

  errorSummary: (count) => n(count, "One thing is left to do", "# things are left to do"),
  nameMissing: "Write your name.",
  emailMissing: "Write your email address, so that the invitation finds you.",
  emailShape: "Write a whole email address, such as ada@example.org.",
  phoneShape: "Write a phone number of 5 to 20 digits, such as +44 20 7946 0123.",
  guestShape: (address) => `“${address}” is not a whole email address. Write it like ada@example.org.`,
  guestsTooMany: (most, count) =>
    count
      ? `There is room for ${most} guests; you have named ${count}.`
      : `There is room for ${most} guests.`,
  tooLong: (most, count) => `There is room for ${most} characters; this has ${count}. Shorten it.`,
  tooLongSomewhere: "This is longer than fits. Shorten it.",
  answerMissing: {
    text: "Write an answer.",
    long_text: "Write an answer.",
    choice: "Choose one.",
    checkbox: "Tick this to go on.",
    phone: "Write a phone number.",
    url: "Write a web address.",
  },
  answerChoice: "Choose one of the answers in the list.",
  answerUrl: "Write a web address that starts with https://.",
  hiddenCharacters: "There are characters here that cannot be seen. Type it again instead of pasting it.",
  unseen: {
    host: "The host you asked for no longer takes this meeting. Load this page again, then choose a time.",
    duration_minutes:
      "This meeting no longer lasts as long as you chose. Load this page again, then choose how long.",
    time_zone: "Your time zone is not known here. Choose another one under the month.",
    start: "This time can no longer be booked. Choose another one.",
    answers: "The questions have changed meanwhile. Load this page again, then answer them.",
    other: "This page is out of date. Load it again, then book once more.",
  },
  serverSays: (field, detail) => `${field} ${detail}.`,

  confirmTitle: "Book this time?",
  askTitle: "Ask for this time?",
  where: "Where",
  back: "Back",
  bookingSentence: (title, people, when) => `You are booking ${meeting(title, people)}: ${when}.`,
  bookedSentence: (title, people, when) => `You have booked ${meeting(title, people)}: ${when}.`,
  askingSentence: (title, people, when) => `You are asking for ${meeting(title, people)}: ${when}.`,
  askedSentence: (title, people, when) => `You have asked for ${meeting(title, people)}: ${when}.`,

  bookedTitle: "You are booked",
  askedTitle: "Your request is sent",
  cancelledTitle: "This booking was cancelled",
  declinedTitle: "The host could not take this time",
  invitationSent: (email) => `An invitation is on its way to ${email}.`,
  answerComes: (people, email) => `${people || "The host"} will answer. You will read it at ${email}.`,
  goneText: "The time is free again. Choose another one if you still want to meet.",
  addToCalendar: "Add to your calendar",
  calendarGoogle: "Google Calendar",
  calendarOutlook: "Outlook",
  calendarOffice365: "Microsoft 365",
  calendarFile: "Calendar file",
  changeOrCancel: "Change or cancel",
  bookAnother: "Book another time",
  alreadyBooked: (when) => `You have booked ${when}.`,
  showBooking: "Show the booking",

  unreachable: {
    title: "No connection to the server",
    text: "Check your connection, then try again.",
  },
  partMissing: {
    title: "This part of the page has not arrived",
    text: "Check your connection, then try again.",
  },
  problems: {
    forbidden: {
      title: "This is not the right way in",
      text: "Open the address that you were given once more.",
    },
    "not-found": { title: "There is nothing here", text: "Open the address that you were given once more." },
    "meeting-type-unknown": {
      title: "This page leads nowhere",
      text: "There is no meeting to book at this address. Check the address, or ask whoever sent it to you.",
    },
    "booking-unknown": {
      title: "This link opens no booking",
      text: "Use the link in the latest email about your booking.",
    },
    "method-not-allowed": { title: "That did not work", text: "Load this page again, then try once more." },
    "slot-taken": { title: "This time has just been taken", text: "Choose another time." },
    "too-large": {
      title: "This is more text than can be sent",
      text: "Shorten your note or your answers, then book again.",
    },
    "unsupported-media-type": {
      title: "That did not work",
      text: "Load this page again, then try once more.",
    },
    invalid: { title: "Something does not fit yet", text: "Change what is marked below, then book again." },
    "not-offered": { title: "This time cannot be booked", text: "Choose another time." },
    "too-late": {
      title: "This booking can no longer be changed here",
      text: "If you cannot come, reply to the email about your booking.",
    },
    "idempotency-key-reused": {
      title: "That did not work",
      text: "Nothing was booked. Press the button once more.",
    },
    "too-many-requests": {
      title: "That was often enough for now",
      text: "Nothing was booked. Wait a while, then try again.",
    },
    failed: {
      title: "Something went wrong on our side",
      text: "It is not your doing. Try again in a moment.",
    },
    busy: {
      title: "Many people are booking at this moment",
      text: "Nothing was booked. Try again in a moment.",
    },
    unavailable: {
      title: "Out of order for a moment",
      text: "It is not your doing. Try again in a moment.",
    },
  },
  problemUnknown: { title: "That did not work", text: "Try again in a moment." },
  notOffered: {
    outside_hours: "Nobody takes meetings at this time. Choose another one.",
    notice: "This time is too close by now. Choose a later one.",
    window: "This day cannot be booked. Choose one of the marked days.",
    off_grid: "Meetings do not start at this minute. Choose one of the times in the list.",
    unavailable: "Nobody takes this kind of meeting at present.",
  },
  taken: (time) => `${time} has just been taken`,
  takenText: "Everything you have typed is still here. These times are close by:",
  takenNoOthers: "Everything you have typed is still here. Choose another time to go on.",
  chooseAnother: "Choose another time",
  tooMany: (wait) => `Nothing was booked. Try again in ${waiting(wait)}.`,
  busyWait: (wait) => `It is not your doing. Try again in ${waiting(wait)}.`,
  waitFirst: (wait) => `Try again in ${waiting(wait)}.`,
  typedKept: "Everything you have typed is still here.",
  onceAtMost:
    "Your request may have arrived all the same. Trying again is safe: you are booked once at most.",
  notBooked: (when) => `Nothing was booked for ${when}`,
  earlierBooked: "Your first request has arrived. What you changed afterwards was not sent.",
  nothingSentTwice: "Trying again is safe: you will not be booked twice.",
};

function takes(hosts: number): string {
  return `${hosts === 1 ? "This host takes" : "These hosts take"} bookings`;
}

function people(names: readonly string[], mode: Mode): string {
  if (mode === "round_robin" && names.length > 4) return `one of ${names.length} people`;
  return (mode === "round_robin" ? any : all).format(names);
}

export function meeting(title: string, people: string): string {
  return people ? `${title} with ${people}` : title;
}

function duration(minutes: number): string {
  const [hours, rest] = [Math.trunc(minutes / 60), minutes % 60];
  if (minutes >= 2880 && minutes % 1440 === 0) return n(minutes / 1440, "# day", "# days");
  const said = [hours && n(hours, "# hour", "# hours"), rest && n(rest, "# minute", "# minutes")];
  return said.filter(Boolean).join(" ") || "0 minutes";
}

export function waiting({ count, unit }: Wait): string {
  return n(count, `# ${unit}`, `# ${unit}s`);
}
