import { clock, meeting, waiting } from "../de";
import type { ManageCatalogue } from "./catalogue";

export const manageDe: ManageCatalogue = {
  instead: {
    unreachable: {
      title: "Keine Verbindung zum Server",
      text: "Prüfen Sie Ihre Internetverbindung und versuchen Sie es dann noch einmal. Ihr Termin bleibt, wie er war.",
    },
    tooMany: (wait) => `Es wurde nichts geändert. Versuchen Sie es in ${waiting(wait)} noch einmal.`,
    nothingSentTwice: "Sie können es gefahrlos noch einmal versuchen: Nichts geschieht doppelt.",
    takenText: "Ihr Termin bleibt, wie er war. Diese Zeiten liegen in der Nähe:",
    takenNoOthers: "Ihr Termin bleibt, wie er war. Wählen Sie eine andere Zeit, um ihn zu verschieben.",
    problems: {
      "too-large": {
        title: "Das ist mehr Text, als sich senden lässt",
        text: "Kürzen Sie Ihren Grund und versuchen Sie es dann noch einmal.",
      },
      invalid: {
        title: "Etwas passt nicht",
        text: "Laden Sie die Seite neu und versuchen Sie es noch einmal.",
      },
      "not-offered": {
        title: "Dorthin lässt sich der Termin nicht verschieben",
        text: "Wählen Sie eine andere Zeit.",
      },
      "idempotency-key-reused": {
        title: "Das hat nicht geklappt",
        text: "Es wurde nichts geändert. Drücken Sie den Knopf noch einmal.",
      },
      "too-many-requests": {
        title: "Das waren fürs Erste genug Versuche",
        text: "Es wurde nichts geändert. Warten Sie etwas und versuchen Sie es dann noch einmal.",
      },
      busy: {
        title: "Gerade buchen sehr viele",
        text: "Es wurde nichts geändert. Versuchen Sie es gleich noch einmal.",
      },
    },
  },

  pageTitle: (title) => `Ihr Termin: ${title}`,
  loading: "Ihr Termin wird gesucht …",
  slow: "Das dauert länger als sonst. Ihr Termin erscheint hier, sobald er da ist.",
  linkMissing: {
    title: "Diese Adresse ist nicht vollständig",
    text: "Am Ende fehlt, was zu Ihrem Termin führt. Öffnen Sie noch einmal den Link aus der E-Mail zu Ihrem Termin, oder kopieren Sie ihn ganz.",
  },
  linkBroken: {
    title: "Dieser Link öffnet keinen Termin",
    text: "Etwas darin fehlt oder ist verändert. Nehmen Sie den Link aus der neuesten E-Mail zu Ihrem Termin.",
  },
  surprise: {
    title: "Dieser Termin hat sich inzwischen geändert",
    text: "Hier steht, wie es jetzt ist. Sonst wurde nichts geändert.",
  },

  pendingTitle: "Die Antwort steht noch aus",
  begunTitle: "Dieser Termin hat begonnen",
  overTitle: "Dieser Termin ist vorbei",
  hadBooked: (title, people, when) => `Sie hatten ${meeting(title, people)} gebucht: ${when}.`,
  hadAsked: (title, people, when) => `Sie hatten ${meeting(title, people)} angefragt: ${when}.`,
  invitationWent: (email) => `Die Einladung ging an ${email}.`,
  cancelledBy: {
    attendee: (when) => `Sie haben ihn abgesagt: ${clock(when)}.`,
    host: (when) => `Er wurde von Gastgeberseite abgesagt: ${clock(when)}.`,
    calendar: (when) => `Er wurde im Kalender gelöscht und ist damit abgesagt: ${clock(when)}.`,
  },
  declinedText:
    "Die Antwort war Nein, oder sie kam nicht rechtzeitig. Wählen Sie eine andere Zeit, wenn Sie sich noch treffen möchten.",
  hereTime: (range, city, zone) => `${range} dort, wo Sie gerade sind: ${city} (${zone})`,

  bookedBy: "Gebucht von",
  guests: "Weitere Gäste",
  phone: "Telefon",
  note: "Ihre Nachricht",
  reason: "Grund",
  yes: "Ja",
  no: "Nein",

  move: "Verschieben",
  cancel: "Diesen Termin absagen",
  until: (when) => `Verschieben oder absagen können Sie hier bis ${clock(when)}.`,
  untilBegin: "Verschieben oder absagen können Sie hier bis zum Beginn.",
  fixed: "Verschieben lässt er sich nicht, denn solche Termine werden zurzeit nicht angeboten.",
  lateTitle: "Hier lässt sich nichts mehr ändern",
  late: (until, people) =>
    `Verschieben oder absagen ließ er sich bis ${clock(until)}. Wenn Sie nicht kommen können, antworten Sie auf die E-Mail zu Ihrem Termin: ${
      people ? `Ihre Antwort geht an ${people}.` : "Ihre Antwort kommt an der richtigen Stelle an."
    }`,
  bookAnother: "Weiteren Termin buchen",

  moveTitle: "Termin verschieben",
  present: "Bisher",
  presentMark: "bisher",
  keep: "Dabei bleiben",
  nothingElse: "An diesem Tag gibt es keine andere Zeit.",
  confirmMove: "Diesen Termin verschieben?",
  moving: (title, people, from, to) =>
    `Sie verschieben ${meeting(title, people)} von ${clock(from)} auf ${clock(to)}.`,
  hasMoved: (title, people, from, to) =>
    `Sie haben ${meeting(title, people)} von ${clock(from)} auf ${clock(to)} verschoben.`,
  hasMovedTo: (title, people, to) => `Sie haben ${meeting(title, people)} auf ${clock(to)} verschoben.`,
  moveTo: (time) => `Auf ${clock(time)} verschieben`,
  inFlightMove: "Wird verschoben …",
  movedTitle: "Ihr Termin ist verschoben",
  movedNext: (email) => `Eine neue Einladung ist unterwegs an ${email}. Sie ersetzt die alte.`,

  confirmCancel: "Diesen Termin absagen?",
  cancelling: (title, people, when) => `Sie sagen ${meeting(title, people)} ab: ${when}.`,
  hasCancelled: (title, people, when) => `Sie haben ${meeting(title, people)} abgesagt: ${when}.`,
  reasonAsked: "Möchten Sie sagen, warum?",
  reasonHint: "Alle, die gekommen wären, lesen das.",
  keepIt: "Nicht absagen",
  inFlightCancel: "Wird abgesagt …",
  cancelledTitle: "Ihr Termin ist abgesagt",
  cancelledNext: (email) => `Eine Nachricht dazu ist unterwegs an ${email}. Die Zeit ist wieder frei.`,
};
