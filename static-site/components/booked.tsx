import { Check } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import type { Booking, CreatedBooking } from "../lib/api";
import { inZone, type Zone } from "../lib/plain-date";
import type { Catalogue } from "../lib/texts/catalogue";
import { Calendars } from "./calendars";
import { Icon } from "./icon";
import { Leaf } from "./leaf";
import { Notice } from "./notice";
import { Place } from "./place";
import { minutesOf, peopleOf, sayWhen, useWords } from "./words";

type BookedProps = {
  readonly created: CreatedBooking;
  readonly hostZone: Zone | undefined;
  /** Whether it has just come about; a page that is only loaded again leaves the focus alone. */
  readonly fresh: boolean;
  /** Whether it is a request from before the one that was meant last. */
  readonly earlier: boolean;
  readonly onAnother: () => void;
};

/** The same sentence as in the dialog, in the past tense, and what happens next. */
export function Booked({ created, hostZone, fresh, earlier, onAnother }: BookedProps) {
  const words = useWords();
  const { t } = words;
  const { booking, calendar, manage_url } = created;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (fresh) heading.current?.focus();
  }, []);
  const start = inZone(booking.start, words.zone) ?? booking.start;
  const minutes = minutesOf(booking);
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
      {earlier && <Notice>{t.earlierBooked}</Notice>}
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
