import { CalendarPlus, Check } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import type { Booking, CreatedBooking, Mode } from "../lib/api";
import { inZone, minutesBetween, type Zone } from "../lib/plain-date";
import type { Catalogue } from "../lib/texts/catalogue";
import { Icon } from "./icon";
import { Leaf } from "./leaf";
import { Place } from "./place";
import { sayWhen, useWords } from "./words";

type BookedProps = {
  readonly created: CreatedBooking;
  readonly hostZone: Zone | undefined;
  /** Whether it has just come about; a page that is only loaded again leaves the focus alone. */
  readonly fresh: boolean;
  readonly onAnother: () => void;
};

/** The same sentence as in the dialog, in the past tense, and what happens next. */
export function Booked({ created, hostZone, fresh, onAnother }: BookedProps) {
  const words = useWords();
  const { t } = words;
  const { booking, calendar, manage_url } = created;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (fresh) heading.current?.focus();
  }, []);
  const start = inZone(booking.start, words.zone) ?? booking.start;
  const minutes = minutesBetween(booking.start, booking.end);
  const { title, said, next } = outcome(booking, t);
  return (
    <section class="booked arrives" aria-labelledby="booked">
      <div class="opening">
        <span class="done">
          <Icon node={Check} />
        </span>
        <h1 id="booked" tabIndex={-1} ref={heading}>
          {title}
        </h1>
        <p>{said(booking.meeting_type.title, peopleOf(booking, t), sayWhen(words, start, minutes))}</p>
      </div>
      <Leaf start={start} minutes={minutes} hostZone={hostZone} />
      <p>{next}</p>
      <dl class="details">
        <div>
          <dt>{t.where}</dt>
          <dd>
            <Place location={booking.location} told />
          </dd>
        </div>
      </dl>
      {isOn(booking) && <Calendars calendar={calendar} />}
      <div class="after">
        <a class="button plain" href={manage_url}>
          {t.changeOrCancel}
        </a>
        <button type="button" class="button plain" onClick={onAnother}>
          {t.bookAnother}
        </button>
      </div>
    </section>
  );
}

function Calendars({ calendar }: Pick<CreatedBooking, "calendar">) {
  const { t } = useWords();
  const elsewhere = [
    [t.calendarGoogle, calendar.google_url],
    [t.calendarOutlook, calendar.outlook_url],
    [t.calendarOffice365, calendar.office365_url],
  ] as const;
  return (
    <section class="calendars" aria-labelledby="calendars">
      <h2 id="calendars">{t.addToCalendar}</h2>
      <ul>
        {elsewhere.map(([name, url]) => (
          <li key={name}>
            <a class="button" href={url} target="_blank" rel="noopener noreferrer">
              {name}
            </a>
          </li>
        ))}
        <li>
          <a class="button" href={calendar.ics_url} download>
            <Icon node={CalendarPlus} />
            {t.calendarFile}
          </a>
        </li>
      </ul>
    </section>
  );
}

type Outcome = {
  readonly title: string;
  readonly said: Catalogue["bookedSentence"];
  readonly next: string;
};

/** The reply to a repeated request tells how the booking stands by then. */
function outcome(booking: Booking, t: Catalogue): Outcome {
  const { email } = booking.attendee;
  switch (booking.state) {
    case "confirmed":
      return { title: t.bookedTitle, said: t.bookedSentence, next: t.invitationSent(email) };
    case "pending":
      return { title: t.askedTitle, said: t.askedSentence, next: t.answerComes(peopleOf(booking, t), email) };
    case "cancelled":
      return { title: t.cancelledTitle, said: t.bookedSentence, next: t.goneText };
    case "declined":
      return { title: t.declinedTitle, said: t.askedSentence, next: t.goneText };
  }
}

function isOn({ state }: Booking): boolean {
  return state === "confirmed";
}

/** Those who really come, all of them: no "or" any more. */
function peopleOf({ hosts }: Booking, t: Catalogue): string {
  const all: Mode = "collective";
  return t.people(
    hosts.map(({ name }) => name),
    all,
  );
}
