import { useEffect, useRef } from "preact/hooks";
import { Empty } from "../components/empty";
import { Notice } from "../components/notice";
import { Times, TimesToCome } from "../components/times";
import { TimesTrouble } from "../components/trouble";
import { sayDayAndTime, useWords } from "../components/words";
import type { MeetingType } from "../lib/api";
import { covers, freeDates, isWithin, slotsOn } from "../lib/listing";
import { dateOf, formatDay, type Instant, inZone, wallTime } from "../lib/plain-date";
import type { Calendar } from "../page/use-listing";
import { useSlow } from "../page/use-now";
import type { BookingProps, View } from "./booking";
import { focusTimes } from "./effects";
import { DetailsLater, MissedLater } from "./parts";
import { placeIn } from "./place";

type WorkProps = BookingProps & {
  readonly calendar: Calendar;
  readonly view: View;
  /** Whether another step went before this one. */
  readonly returns: boolean;
};

const SLOW_AFTER_MS = 3000;

/** The right half of the card: the times, and then the form in the same place. */
export function Work(props: WorkProps) {
  const { journey, meetingType, calendar, view } = props;
  const choose = useChoosing(props);
  const began = useRef(journey).current;
  const asked =
    journey.date !== undefined || journey.zone !== began.zone || journey.duration !== began.duration;
  const waiting = !meetingType || !(calendar.ready || calendar.trouble);
  const slow = useSlow(waiting || calendar.busy, SLOW_AFTER_MS);
  if (waiting) return <TimesToCome slow={slow} />;
  if (journey.step === "form" && view.slot) {
    return <DetailsLater.Part {...props} meetingType={meetingType} slot={view.slot} />;
  }
  return <Choosing {...props} meetingType={meetingType} slow={slow} asked={asked} choose={choose} />;
}

type Choose = (slot: Instant) => void;

/** Choosing a time is a page of its own for the browser's Back. A link may have chosen it already. */
function useChoosing(props: WorkProps): Choose {
  const { outside, journey, act } = props;
  const choose = (slot: Instant) => {
    outside.trail.push(placeIn({ ...journey, step: "form", slot }));
    act({ kind: "chosen", slot });
  };
  useWished(props, choose);
  return choose;
}

/** Whether a wished time is free shows when its day is known, and not before. Whoever looks elsewhere wishes no more. */
function useWished({ outside, journey, calendar, meetingType, view }: WorkProps, choose: Choose) {
  const { date, time } = outside.prefill;
  const wished = useRef(outside.trail.here() === undefined ? time : undefined);
  const isAsked = date !== undefined && journey.step === "choose" && journey.date === date;
  const isTold = date !== undefined && covers(calendar.own, date);
  useEffect(() => {
    if (!meetingType || !wished.current) return;
    if (isAsked && isWithin(date, view.bounds) && !isTold) return;
    const near = isAsked ? slotsOn(calendar.own, date) : [];
    const slot = near.find((one) => reads(one, wished.current ?? ""));
    wished.current = undefined;
    if (slot) choose(slot);
  }, [isAsked, isTold, meetingType]);
}

function reads(slot: Instant, time: string): boolean {
  const { hour, minute } = wallTime(slot);
  const [hours, minutes] = time.split(":");
  return hour === Number(hours) && minute === Number(minutes);
}

type ChoosingProps = WorkProps & {
  readonly meetingType: MeetingType;
  readonly slow: boolean;
  /** Whether what is shown is the guest's doing, and so has to be said. */
  readonly asked: boolean;
  readonly choose: Choose;
};

function Choosing(props: ChoosingProps) {
  const { t, locale, nowMs } = useWords();
  const { act, calendar, view, returns, slow, asked, choose } = props;
  const { listing, trouble, busy } = calendar;
  const date = view.date ?? (listing.next && dateOf(listing.next)) ?? view.today;
  const slots = slotsOn(listing, date);
  const isKnown = covers(listing, date);
  const said = asked && !busy && isKnown ? t.freeTimes(formatDay(date, locale, nowMs), slots.length) : "";
  const isBare = freeDates(listing).length === 0 && view.date === undefined;
  return (
    <>
      <p class="unseen" role="status">
        {said}
      </p>
      <Times
        date={isBare ? undefined : date}
        slots={slots}
        pointed={view.slot}
        busy={busy}
        slow={slow}
        coming={!isKnown && !trouble && !isBare}
        returns={returns}
        onPoint={(slot) => act({ kind: "pointed", slot })}
        onChoose={choose}
      >
        <Before {...props} />
      </Times>
    </>
  );
}

/** What is to be said before the times: what was booked, what went wrong, where to look instead. */
function Before({ outside, journey, act, meetingType, calendar, view }: ChoosingProps) {
  const words = useWords();
  const { t } = words;
  const { created } = journey;
  const goNext = (slot: Instant) => {
    act({ kind: "day", date: dateOf(slot) });
    requestAnimationFrame(focusTimes);
  };
  const show = () => {
    if (!created) return;
    outside.trail.push({ step: "booked", created });
    act({ kind: "went", place: { step: "booked", created } });
  };
  return (
    <>
      {created && (
        <Notice
          tone="good"
          acts={
            <button type="button" class="button" onClick={show}>
              {t.showBooking}
            </button>
          }
        >
          {t.alreadyBooked(
            sayDayAndTime(words, inZone(created.booking.start, words.zone) ?? created.booking.start),
          )}
        </Notice>
      )}
      {journey.missed && <MissedLater.Part missed={journey.missed} />}
      {calendar.trouble && <TimesTrouble trouble={calendar.trouble} onRetry={calendar.retry} />}
      {calendar.ready && !calendar.busy && (
        <Empty
          meetingType={meetingType}
          listing={calendar.listing}
          date={view.wished}
          focused={view.focused}
          onNext={goNext}
        />
      )}
    </>
  );
}
