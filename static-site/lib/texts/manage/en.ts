import { meeting, waiting } from "../en";
import type { ManageCatalogue } from "./catalogue";

export const manageEn: ManageCatalogue = {
  instead: {
    unreachable: {
      title: "No connection to the server",
      text: "Check your connection, then try again. Your booking stands as it was.",
    },
    tooMany: (wait) => `Nothing was changed. Try again in ${waiting(wait)}.`,
    nothingSentTwice: "Trying again is safe: nothing happens twice.",
    takenText: "Your booking stands as it was. These times are close by:",
    takenNoOthers: "Your booking stands as it was. Choose another time to move it.",
    problems: {
      "too-large": {
        title: "This is more text than can be sent",
        text: "Shorten your reason, then try again.",
      },
      invalid: { title: "Something does not fit", text: "Load this page again, then try once more." },
      "not-offered": { title: "The booking cannot be moved there", text: "Choose another time." },
      "idempotency-key-reused": {
        title: "That did not work",
        text: "Nothing was changed. Press the button once more.",
      },
      "too-many-requests": {
        title: "That was often enough for now",
        text: "Nothing was changed. Wait a while, then try again.",
      },
      busy: {
        title: "Many people are booking at this moment",
        text: "Nothing was changed. Try again in a moment.",
      },
    },
  },

  pageTitle: (title) => `Your booking: ${title}`,
  loading: "Looking for your booking …",
  slow: "This is taking longer than usual. Your booking appears here as soon as it arrives.",
  linkMissing: {
    title: "This address is not complete",
    text: "What leads to your booking is missing at its end. Open the link in the email about your booking once more, or copy all of it.",
  },
  linkBroken: {
    title: "This link opens no booking",
    text: "Something in it is missing or changed. Use the link in the latest email about your booking.",
  },
  surprise: {
    title: "This booking has changed meanwhile",
    text: "Below is how it stands now. Nothing else was changed.",
  },

  pendingTitle: "Waiting for an answer",
  begunTitle: "This meeting has begun",
  overTitle: "This meeting is over",
  hadBooked: (title, people, when) => `You had booked ${meeting(title, people)}: ${when}.`,
  hadAsked: (title, people, when) => `You had asked for ${meeting(title, people)}: ${when}.`,
  invitationWent: (email) => `The invitation went to ${email}.`,
  cancelledBy: {
    attendee: (when) => `You cancelled it on ${when}.`,
    host: (when) => `The host cancelled it on ${when}.`,
    calendar: (when) => `It was taken out of the host’s calendar on ${when}, and so is cancelled.`,
  },
  declinedText: "The host said no, or did not answer in time. Choose another time if you still want to meet.",
  hereTime: (range, city, zone) => `${range} where you are now, ${city} (${zone})`,

  bookedBy: "Booked by",
  guests: "Guests",
  phone: "Phone",
  note: "Your note",
  reason: "Reason",
  yes: "Yes",
  no: "No",

  move: "Move to another time",
  cancel: "Cancel this booking",
  until: (when) => `You can move or cancel it here until ${when}.`,
  untilBegin: "You can move or cancel it here until it begins.",
  fixed: "It cannot be moved, because such meetings are not on offer at present.",
  lateTitle: "It is too late to change this here",
  late: (until, people) =>
    `It could be moved or cancelled until ${until}. If you cannot come, reply to the email about your booking: your answer goes to ${people || "the host"}.`,
  bookAnother: "Book another time",

  moveTitle: "Move your booking",
  present: "At present",
  presentMark: "at present",
  keep: "Keep this time",
  nothingElse: "There is no other time on this day.",
  confirmMove: "Move this booking?",
  moving: (title, people, from, to) => `You are moving ${meeting(title, people)} from ${from} to ${to}.`,
  hasMoved: (title, people, from, to) => `You have moved ${meeting(title, people)} from ${from} to ${to}.`,
  hasMovedTo: (title, people, to) => `You have moved ${meeting(title, people)} to ${to}.`,
  moveTo: (time) => `Move to ${time}`,
  inFlightMove: "Moving …",
  movedTitle: "Your booking is moved",
  movedNext: (email) => `A new invitation is on its way to ${email}. It takes the place of the old one.`,

  confirmCancel: "Cancel this booking?",
  cancelling: (title, people, when) => `You are cancelling ${meeting(title, people)}: ${when}.`,
  hasCancelled: (title, people, when) => `You have cancelled ${meeting(title, people)}: ${when}.`,
  reasonAsked: "Do you want to say why?",
  reasonHint: "Everybody who would have come reads it.",
  keepIt: "Keep it",
  inFlightCancel: "Cancelling …",
  cancelledTitle: "Your booking is cancelled",
  cancelledNext: (email) => `A note about it is on its way to ${email}. The time is free again.`,
};
