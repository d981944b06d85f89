import type { Mode } from "../api";
import type { Catalogue, Wait } from "./catalogue";
import { counter } from "./count";

const n = counter("de");
const all = new Intl.ListFormat("de", { type: "conjunction" });
const any = new Intl.ListFormat("de", { type: "disjunction" });

export const de: Catalogue = {
  lang: "de",
  dir: "ltr",

  pageTitle: (title, people) => (people ? `${title} mit ${people}` : title),
  pageTitleUnknown: "Termin buchen",
  skipToTimes: "Zu den Uhrzeiten springen",
  close: "Schließen",
  tryAgain: "Noch einmal versuchen",
  loading: "Freie Zeiten werden gesucht …",
  slow: "Das dauert länger als sonst. Die Zeiten erscheinen hier, sobald sie da sind.",

  people,
  duration,
  durationLegend: "Dauer",
  places: {
    google_meet: "Google Meet",
    teams: "Microsoft Teams",
    phone: "Telefonisch",
    in_person: "Vor Ort",
    link: "Online",
    to_be_agreed: "Ort nach Absprache",
  },
  placeCall: (number) => `Telefonisch: Sie rufen ${number} an`,
  placeNotes: {
    google_meet: "Den Link finden Sie in der Einladung.",
    teams: "Den Link finden Sie in der Einladung.",
    phone: "Sie werden angerufen, wenn Sie eine Nummer angeben.",
    in_person: "Die Adresse erfahren Sie noch.",
    link: "Den Link finden Sie in der Einladung.",
    to_be_agreed: "",
  },
  approvalNote: "Der Termin gilt erst, wenn er bestätigt ist. Die Antwort kommt per E-Mail.",

  chooseDay: "Tag wählen",
  previousMonth: "Voriger Monat",
  nextMonth: "Nächster Monat",
  zoneButton: (city, time) => `${city}, jetzt ${clock(time)}`,
  zoneButtonName: (shown) => `Zeitzone: ${shown}`,
  zoneTitle: "Ihre Zeitzone",
  zoneSearch: "Zeitzone suchen",
  zoneHint: "Stadt, Abstand zu UTC oder Name: Lissabon, UTC+5:45, MEZ",
  zoneYours: "Zeitzone Ihres Geräts",
  zoneChosen: "gewählt",
  zonesFound: (count) => n(count, "# Zeitzone gefunden", "# Zeitzonen gefunden"),
  zoneNotFound: (query) =>
    `Zu „${query}“ gibt es keine Zeitzone. Versuchen Sie es mit einer größeren Stadt in der Nähe oder mit UTC+2.`,
  zoneMore: "Es gibt weitere Zeitzonen. Tippen Sie, um Ihre zu finden.",
  zoneFallback: (wanted, used) => `Eine Zeitzone „${wanted}“ gibt es nicht. Die Zeiten gelten für ${used}.`,
  clockLegend: "Uhr",
  clock12: "12 Stunden",
  clock24: "24 Stunden",

  chooseTime: "Uhrzeit wählen",
  freeTimes: (day, count) =>
    count === 0 ? `${day}: nichts frei` : n(count, `${day}: # freie Zeit`, `${day}: # freie Zeiten`),
  partOfDay: { morning: "Vormittag", afternoon: "Nachmittag", evening: "Abend" },
  partLegend: (part, count) => `${part} (${count})`,
  nextFree: (when) => `Nächste freie Zeit: ${clock(when)}`,
  nothingIn: (month) => `Im ${month} ist nichts frei.`,
  nothingOn: (day) => `${day}: nichts frei.`,
  nothingAtAll: {
    title: "Zurzeit ist nichts frei",
    text: "Alle buchbaren Zeiten sind vergeben. Schauen Sie später wieder vorbei: Manchmal wird etwas frei.",
  },
  windowRolling: (days) =>
    days === 0
      ? "Buchen kann man hier nur für denselben Tag."
      : n(
          days,
          "Buchen kann man hier bis zu # Tag im Voraus.",
          "Buchen kann man hier bis zu # Tage im Voraus.",
        ),
  windowFixed: (from, to) => `Buchen kann man hier vom ${dative(from)} bis zum ${dative(to)}.`,
  windowNotice: (minutes) => `Buchen kann man hier mindestens ${duration(minutes)} im Voraus.`,
  dayAndTime: (day, time) => `${day}, ${clock(time)}`,

  yourTime: (city, zone) => `Ihre Zeit, ${city} (${zone})`,
  hostTime: (range, city, zone) => `${range} in ${city} (${zone})`,

  change: "Ändern",
  changeTime: "Uhrzeit ändern",
  name: "Ihr Name",
  email: "Ihre E-Mail-Adresse",
  emailHint: "Dorthin geht die Einladung.",
  phone: "Ihre Telefonnummer",
  phoneHint: "Mit Ländervorwahl, zum Beispiel +49 30 901820.",
  phoneHintCalled: "Darunter werden Sie angerufen. Mit Ländervorwahl, zum Beispiel +49 30 901820.",
  note: "Möchten Sie noch etwas sagen?",
  guests: "Weitere Gäste",
  guestsHint: "E-Mail-Adressen, mit Komma getrennt, höchstens 10. Alle erhalten die Einladung.",
  addGuests: "Gäste hinzufügen",
  required: "erforderlich",
  optional: "freiwillig",
  chooseOne: "Auswählen",
  questionHints: {
    phone: "Mit Ländervorwahl, zum Beispiel +49 30 901820.",
    url: "Eine Webadresse, zum Beispiel https://example.org.",
  },
  book: (time) => `${clock(time)} buchen`,
  ask: (time) => `${clock(time)} anfragen`,
  booking: "Wird gebucht …",
  asking: "Wird angefragt …",

  errorSummary: (count) =>
    n(count, "Eine Angabe fehlt noch oder passt nicht", "# Angaben fehlen noch oder passen nicht"),
  nameMissing: "Geben Sie Ihren Namen an.",
  emailMissing: "Geben Sie Ihre E-Mail-Adresse an, damit die Einladung Sie erreicht.",
  emailShape: "Geben Sie eine vollständige E-Mail-Adresse an, zum Beispiel ada@example.org.",
  phoneShape: "Geben Sie eine Telefonnummer mit 5 bis 20 Ziffern an, zum Beispiel +49 30 901820.",
  guestShape: (address) =>
    `„${address}“ ist keine vollständige E-Mail-Adresse. Schreiben Sie sie wie ada@example.org.`,
  guestsTooMany: (most, count) =>
    `Höchstens ${most} Gäste können dabei sein${count ? `; hier stehen ${count}` : ""}.`,
  tooLong: (most, count) => `Hier passen ${most} Zeichen hin; es sind ${count}. Kürzen Sie den Text.`,
  tooLongSomewhere: "Das ist länger, als hier hinpasst. Kürzen Sie den Text.",
  answerMissing: {
    text: "Schreiben Sie eine Antwort.",
    long_text: "Schreiben Sie eine Antwort.",
    choice: "Wählen Sie eine Antwort.",
    checkbox: "Setzen Sie hier ein Häkchen, um fortzufahren.",
    phone: "Geben Sie eine Telefonnummer an.",
    url: "Geben Sie eine Webadresse an.",
  },
  answerChoice: "Wählen Sie eine der Antworten aus der Liste.",
  answerUrl: "Geben Sie eine Webadresse an, die mit https:// beginnt.",
  hiddenCharacters: "Hier stehen unsichtbare Zeichen. Tippen Sie den Text ein, statt ihn einzufügen.",
  unseen: {
    host: "Diese Person bietet den Termin nicht mehr an. Laden Sie die Seite neu und wählen Sie dann eine Zeit.",
    duration_minutes:
      "Diese Dauer gibt es nicht mehr. Laden Sie die Seite neu und wählen Sie dann eine andere.",
    time_zone: "Ihre Zeitzone ist hier nicht bekannt. Wählen Sie unter dem Kalender eine andere.",
    start: "Diese Zeit lässt sich nicht mehr buchen. Wählen Sie eine andere.",
    answers:
      "Die Fragen haben sich inzwischen geändert. Laden Sie die Seite neu und beantworten Sie sie dann.",
    other: "Diese Seite ist veraltet. Laden Sie sie neu und buchen Sie dann noch einmal.",
  },
  // The server speaks English; a sentence of its own keeps the two languages apart.
  serverSays: (field, detail) => `${field}: Hier passt etwas nicht (${detail}).`,

  confirmTitle: "Diesen Termin buchen?",
  askTitle: "Diesen Termin anfragen?",
  where: "Wo",
  back: "Zurück",
  bookingSentence: (title, people, when) => `Sie buchen ${meeting(title, people)}: ${when}.`,
  bookedSentence: (title, people, when) => `Sie haben ${meeting(title, people)} gebucht: ${when}.`,
  askingSentence: (title, people, when) => `Sie fragen ${meeting(title, people)} an: ${when}.`,
  askedSentence: (title, people, when) => `Sie haben ${meeting(title, people)} angefragt: ${when}.`,

  bookedTitle: "Ihr Termin ist gebucht",
  askedTitle: "Ihre Anfrage ist gesendet",
  cancelledTitle: "Dieser Termin wurde abgesagt",
  declinedTitle: "Dieser Termin konnte nicht angenommen werden",
  invitationSent: (email) => `Eine Einladung ist unterwegs an ${email}.`,
  answerComes: (people, email) =>
    people ? `Die Antwort von ${people} geht an ${email}.` : `Die Antwort geht an ${email}.`,
  goneText: "Die Zeit ist wieder frei. Wählen Sie eine andere, wenn Sie sich noch treffen möchten.",
  addToCalendar: "In den Kalender eintragen",
  calendarGoogle: "Google Kalender",
  calendarOutlook: "Outlook",
  calendarOffice365: "Microsoft 365",
  calendarFile: "Kalenderdatei",
  changeOrCancel: "Ändern oder absagen",
  bookAnother: "Weiteren Termin buchen",
  alreadyBooked: (when) => `Sie haben einen Termin gebucht: ${clock(when)}.`,
  showBooking: "Termin anzeigen",

  unreachable: {
    title: "Keine Verbindung zum Server",
    text: "Prüfen Sie Ihre Internetverbindung und versuchen Sie es dann noch einmal.",
  },
  partMissing: {
    title: "Dieser Teil der Seite ist nicht angekommen",
    text: "Prüfen Sie Ihre Internetverbindung und versuchen Sie es dann noch einmal.",
  },
  problems: {
    forbidden: {
      title: "Hier geht es nicht weiter",
      text: "Öffnen Sie noch einmal die Adresse, die Sie bekommen haben.",
    },
    "not-found": {
      title: "Hier ist nichts",
      text: "Öffnen Sie noch einmal die Adresse, die Sie bekommen haben.",
    },
    "meeting-type-unknown": {
      title: "Diese Seite führt ins Leere",
      text: "Unter dieser Adresse kann man nichts buchen. Prüfen Sie die Adresse, oder fragen Sie bei der Person nach, von der Sie sie haben.",
    },
    "booking-unknown": {
      title: "Dieser Link öffnet keinen Termin",
      text: "Nehmen Sie den Link aus der neuesten E-Mail zu Ihrem Termin.",
    },
    "method-not-allowed": {
      title: "Das hat nicht geklappt",
      text: "Laden Sie die Seite neu und versuchen Sie es noch einmal.",
    },
    "slot-taken": { title: "Diese Zeit ist gerade vergeben worden", text: "Wählen Sie eine andere Zeit." },
    "too-large": {
      title: "Das ist mehr Text, als sich senden lässt",
      text: "Kürzen Sie Ihre Nachricht oder Ihre Antworten und buchen Sie dann noch einmal.",
    },
    "unsupported-media-type": {
      title: "Das hat nicht geklappt",
      text: "Laden Sie die Seite neu und versuchen Sie es noch einmal.",
    },
    invalid: {
      title: "Etwas passt noch nicht",
      text: "Ändern Sie, was unten markiert ist, und buchen Sie dann noch einmal.",
    },
    "not-offered": { title: "Diese Zeit lässt sich nicht buchen", text: "Wählen Sie eine andere Zeit." },
    "too-late": {
      title: "Dieser Termin lässt sich hier nicht mehr ändern",
      text: "Wenn Sie nicht kommen können, antworten Sie auf die E-Mail zu Ihrem Termin.",
    },
    "idempotency-key-reused": {
      title: "Das hat nicht geklappt",
      text: "Es wurde nichts gebucht. Drücken Sie den Knopf noch einmal.",
    },
    "too-many-requests": {
      title: "Das waren fürs Erste genug Versuche",
      text: "Es wurde nichts gebucht. Warten Sie etwas und versuchen Sie es dann noch einmal.",
    },
    failed: {
      title: "Bei uns ist etwas schiefgegangen",
      text: "Es liegt nicht an Ihnen. Versuchen Sie es gleich noch einmal.",
    },
    busy: {
      title: "Gerade buchen sehr viele",
      text: "Es wurde nichts gebucht. Versuchen Sie es gleich noch einmal.",
    },
    unavailable: {
      title: "Kurz gestört",
      text: "Es liegt nicht an Ihnen. Versuchen Sie es gleich noch einmal.",
    },
  },
  problemUnknown: { title: "Das hat nicht geklappt", text: "Versuchen Sie es gleich noch einmal." },
  notOffered: {
    outside_hours: "Um diese Zeit finden keine Termine statt. Wählen Sie eine andere.",
    notice: "Diese Zeit ist inzwischen zu nah. Wählen Sie eine spätere.",
    window: "Dieser Tag lässt sich nicht buchen. Wählen Sie einen der markierten Tage.",
    off_grid: "Zu dieser Minute beginnt kein Termin. Wählen Sie eine Zeit aus der Liste.",
    unavailable: "Solche Termine bietet zurzeit niemand an.",
  },
  taken: (time) => `${clock(time)} ist gerade vergeben worden`,
  takenText: "Ihre Eingaben bleiben erhalten. Diese Zeiten liegen in der Nähe:",
  takenNoOthers: "Ihre Eingaben bleiben erhalten. Wählen Sie eine andere Zeit, um fortzufahren.",
  chooseAnother: "Andere Zeit wählen",
  tooMany: (wait) => `Es wurde nichts gebucht. Versuchen Sie es in ${waiting(wait)} noch einmal.`,
  busyWait: (wait) => `Es liegt nicht an Ihnen. Versuchen Sie es in ${waiting(wait)} noch einmal.`,
  waitFirst: (wait) => `Versuchen Sie es in ${waiting(wait)} noch einmal.`,
  typedKept: "Ihre Eingaben bleiben erhalten.",
  onceAtMost:
    "Ihre Anfrage ist vielleicht trotzdem angekommen. Sie können es gefahrlos noch einmal versuchen: Gebucht wird höchstens einmal.",
  notBooked: (when) => `Für ${when} wurde nichts gebucht`,
  earlierBooked: "Ihre erste Anfrage ist angekommen. Was Sie danach geändert haben, wurde nicht gesendet.",
  nothingSentTwice: "Sie können es gefahrlos noch einmal versuchen: Doppelt gebucht wird nichts.",
};

function people(names: readonly string[], mode: Mode): string {
  if (mode === "round_robin" && names.length > 4) return `einer von ${names.length} Personen`;
  return (mode === "round_robin" ? any : all).format(names);
}

export function meeting(title: string, people: string): string {
  return people ? `${title} mit ${people}` : title;
}

/** "14:30 Uhr", but "2:30 PM" and what already says so as they are. */
export function clock(time: string): string {
  return /\d:\d\d$/.test(time) ? `${time} Uhr` : time;
}

/** "Dienstag, 3. März" after "vom": "Dienstag, dem 3. März". */
function dative(day: string): string {
  return day.replace(/^(\p{L}+), /u, "$1, dem ");
}

function duration(minutes: number): string {
  const [hours, rest] = [Math.trunc(minutes / 60), minutes % 60];
  if (minutes >= 2880 && minutes % 1440 === 0) return n(minutes / 1440, "# Tag", "# Tage");
  const said = [hours && n(hours, "# Stunde", "# Stunden"), rest && n(rest, "# Minute", "# Minuten")];
  return said.filter(Boolean).join(" ") || "0 Minuten";
}

const UNITS = { second: ["Sekunde", "Sekunden"], minute: ["Minute", "Minuten"], hour: ["Stunde", "Stunden"] };

export function waiting({ count, unit }: Wait): string {
  const [one, other] = UNITS[unit];
  return n(count, `# ${one}`, `# ${other}`);
}
