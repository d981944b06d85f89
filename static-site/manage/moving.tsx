import { ArrowLeft } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { ConfirmMove } from "../components/change";
import { ChooseDay } from "../components/choose-day";
import { Duration } from "../components/duration";
import { Empty } from "../components/empty";
import { FormTrouble } from "../components/form-trouble";
import { Icon } from "../components/icon";
import { here, named, useManageWords } from "../components/manage-words";
import { Times, TimesToCome } from "../components/times";
import { TimesTrouble } from "../components/trouble";
import { hostZoneOf } from "../components/words";
import { ZoneSearch } from "../components/zone-search";
import type { MeetingType } from "../lib/api";
import { isProblem, listed, refuses } from "../lib/journey";
import { type Bounds, bounds, clamp, covers, freeDates, type Listing, slotsOn } from "../lib/listing";
import type { Moved } from "../lib/manage-api";
import { isPresent } from "../lib/managing";
import { dateOf, formatDay, type Instant, type PlainDate, today as todayIn } from "../lib/plain-date";
import { focusOn, showTimes } from "../page/focus";
import { type Calendar, useListing } from "../page/use-listing";
import { useSlow } from "../page/use-now";
import type { BookingProps } from "./booking";
import { useRefusal } from "./use-reading";

type MovingProps = BookingProps & {
  readonly meetingType: MeetingType | undefined;
  readonly onMove: (request: Moved) => void;
};

/** What is seen, worked out from what the guest chose and from what is known of the calendar. */
type View = {
  readonly today: PlainDate;
  /** The dates that can have free times at all. */
  readonly bounds: Bounds;
  readonly date: PlainDate | undefined;
  readonly focused: PlainDate;
  readonly minutes: number;
  /** The booking's own time, where it is in the list and would change nothing. */
  readonly present: Instant | undefined;
};

/** The times a booking could be moved to, and the dialog that asks for the last word. */
export function Moving(props: MovingProps) {
  const { outside, managing, managed, meetingType, type, act, refresh, onMove } = props;
  const words = useManageWords();
  const today = todayIn(managing.zone, words.nowMs);
  const within = meetingType ? bounds(meetingType, today) : { min: today, max: undefined };
  const calendar = useListing({
    ask: outside.api.moves,
    look: { zone: managing.zone, duration: managing.duration },
    now: outside.now,
    nowMs: words.nowMs,
    today,
    toward: clamp(managing.focused ?? dateOf(here(words, managed.booking.start)), within),
    windowEnd: meetingType ? within.max : null,
  });
  useRefusal(calendar.trouble, refresh);
  useReplacements(props, calendar);
  const view = useView(props, calendar.listing, today, within);
  const { slot, asking, sending, trouble, zone } = managing;
  const chosen = slot && here(words, slot);
  return (
    <>
      <Side {...props} calendar={calendar} view={view} />
      <div class="work">
        {meetingType || !type.reply ? (
          <Choosing {...props} calendar={calendar} view={view} />
        ) : (
          type.reply.kind !== "ok" && <TimesTrouble trouble={type.reply} onRetry={type.again} />
        )}
      </div>
      {asking === "move" && chosen && (
        <ConfirmMove
          managed={managed}
          slot={chosen}
          minutes={view.minutes}
          hostZone={meetingType && hostZoneOf(meetingType)}
          sending={sending}
          trouble={trouble}
          onGo={() => onMove({ start: chosen, duration_minutes: view.minutes, time_zone: zone })}
          onBack={() => act({ kind: "closed" })}
        />
      )}
    </>
  );
}

/** What the server does not know is replaced; a list that turned out to be old is asked for again. */
function useReplacements({ managing, managed, act }: MovingProps, { trouble, refresh }: Calendar) {
  const { zone } = managing;
  useEffect(() => {
    const known = managed.booking.time_zone;
    if (zone !== known && refuses(trouble, "time_zone")) act({ kind: "zone", zone: known, refused: zone });
    if (refuses(trouble, "duration_minutes")) act({ kind: "duration", minutes: undefined });
  }, [trouble]);
  const refused = managing.trouble;
  useEffect(() => {
    const isGone = ["slot-taken", "not-offered"].some((name) => refused && isProblem(refused, name));
    if (isGone) refresh();
  }, [refused]);
}

function useView(
  { managing, managed }: MovingProps,
  listing: Listing,
  today: PlainDate,
  within: Bounds,
): View {
  const words = useManageWords();
  const own = named(words, managed);
  const minutes = managing.duration ?? own.minutes;
  const ownDate = dateOf(own.start);
  const usual = slotsOn(listing, ownDate).length > 0 ? ownDate : freeDates(listing)[0];
  const chosen = managing.slot && dateOf(here(words, managing.slot));
  const isOver = managing.date !== undefined && managing.date < within.min;
  const date = chosen ?? (isOver ? undefined : managing.date) ?? usual;
  const same = isPresent(managed, own.start, minutes) ? listed(listing, own.start) : undefined;
  const focused = clamp(managing.focused ?? date ?? today, within);
  return { today, bounds: within, date, focused, minutes, present: same };
}

type PartProps = MovingProps & { readonly calendar: Calendar; readonly view: View };

/** What is moved, and the month. */
function Side({ outside, managing, managed, meetingType, calendar, view, act }: PartProps) {
  const words = useManageWords();
  const pickDay = (date: PlainDate) => {
    act({ kind: "day", date });
    showTimes();
  };
  return (
    <div class="side">
      <button type="button" class="skip" onClick={() => focusOn("times")}>
        {words.t.skipToTimes}
      </button>
      <What {...{ outside, managed, meetingType, view, act }} />
      <ChooseDay
        focused={view.focused}
        chosen={view.date}
        present={dateOf(here(words, managed.booking.start))}
        today={view.today}
        min={view.bounds.min}
        max={view.bounds.max}
        listing={calendar.listing}
        busy={!calendar.ready || calendar.busy}
        coming={!meetingType}
        refusedZone={managing.refusedZone}
        search={ZoneSearch}
        supported={outside.supportedZones}
        own={outside.zone}
        act={act}
        onChoose={pickDay}
      />
    </div>
  );
}

type WhatProps = Pick<PartProps, "outside" | "managed" | "meetingType" | "view" | "act">;

/** The booking that is to be moved, and the way back to it. */
function What({ outside, managed, meetingType, view, act }: WhatProps) {
  const words = useManageWords();
  const { t, m } = words;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { title, people, when, minutes } = named(words, managed);
  const offered = meetingType?.durations_minutes ?? [];
  const pick = (chosen: number) =>
    act({ kind: "duration", minutes: chosen === minutes ? undefined : chosen });
  return (
    <header class="moving">
      <h1 id="booking" tabIndex={-1} ref={heading}>
        {m.moveTitle}
      </h1>
      <p class="what">
        <bdi>{t.pageTitle(title, people)}</bdi>
      </p>
      <div class="present">
        <p class="soft small">{m.present}</p>
        <p class="when">{when}</p>
        <button type="button" class="button plain" onClick={outside.trail.back}>
          <Icon node={ArrowLeft} turns />
          {m.keep}
        </button>
      </div>
      {offered.length > 1 && <Duration offered={offered} chosen={view.minutes} onChoose={pick} />}
    </header>
  );
}

const SLOW_AFTER_MS = 3000;

/** The times of the chosen day. */
function Choosing(props: PartProps) {
  const { managing, meetingType, calendar, view, act } = props;
  const { t, m, locale, nowMs } = useManageWords();
  const { listing, trouble, busy } = calendar;
  const waiting = !meetingType || !(calendar.ready || trouble);
  const slow = useSlow(waiting || busy, SLOW_AFTER_MS);
  if (waiting) return <TimesToCome slow={slow} />;
  const date = view.date ?? (listing.next && dateOf(listing.next)) ?? view.today;
  const slots = slotsOn(listing, date);
  const isKnown = covers(listing, date);
  const isBare = freeDates(listing).length === 0 && view.date === undefined;
  const said =
    managing.date && !busy && isKnown ? t.freeTimes(formatDay(date, locale, nowMs), slots.length) : "";
  return (
    <>
      <p class="unseen" role="status">
        {said}
      </p>
      <Times
        date={isBare ? undefined : date}
        slots={slots}
        pointed={managing.slot && listed(listing, managing.slot)}
        present={view.present === undefined ? undefined : { slot: view.present, mark: m.presentMark }}
        busy={busy}
        slow={slow}
        coming={!isKnown && !trouble && !isBare}
        returns={false}
        onPoint={(slot) => act({ kind: "pointed", slot })}
        onChoose={(slot) => act({ kind: "chosen", slot })}
      >
        <Before
          {...props}
          meetingType={meetingType}
          alone={slots.length === 1 && slots[0] === view.present}
        />
      </Times>
    </>
  );
}

type BeforeProps = PartProps & {
  readonly meetingType: MeetingType;
  /** Whether the booking's own time is the only one on this day. */
  readonly alone: boolean;
};

/** What is to be said before the times: what went wrong, where to look instead. */
function Before({ managing, meetingType, calendar, view, alone, act }: BeforeProps) {
  const words = useManageWords();
  const { m } = words;
  const { trouble, asking, slot, date } = managing;
  const goNext = (next: Instant) => {
    act({ kind: "day", date: dateOf(next) });
    requestAnimationFrame(() => focusOn("times"));
  };
  const choose = (near: Instant) => act({ kind: "chosen", slot: near });
  const letGo = () => {
    act({ kind: "pointed", slot: undefined });
    act({ kind: "closed" });
    focusOn("times");
  };
  return (
    <>
      {trouble && !asking && slot && (
        <FormTrouble
          trouble={trouble}
          slot={slot}
          spelled={(near) => here(words, near)}
          onAlternative={choose}
          onOther={letGo}
        />
      )}
      {calendar.trouble && <TimesTrouble trouble={calendar.trouble} onRetry={calendar.retry} />}
      {alone && <p class="soft">{m.nothingElse}</p>}
      {calendar.ready && !calendar.busy && (
        <Empty
          meetingType={meetingType}
          listing={calendar.listing}
          date={date}
          focused={view.focused}
          onNext={goNext}
        />
      )}
    </>
  );
}
