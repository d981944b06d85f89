import { useCallback, useRef, useState } from "preact/hooks";
import { About, AboutToCome } from "../components/about";
import { Month } from "../components/month";
import { Bone } from "../components/skeleton";
import { hostZoneOf, useWords } from "../components/words";
import { ZoneLine } from "../components/zone";
import type { MeetingType } from "../lib/api";
import { type Act, type Journey, listed } from "../lib/journey";
import { bounds, covers, freeDates } from "../lib/listing";
import { dateOf, type Instant, type PlainDate, today as todayIn, zoneLabel } from "../lib/plain-date";
import { focusTimes, showTimes, useRefusals, useTheRest, useWaking } from "./effects";
import type { Outside } from "./outside";
import { BookedLater, ZoneSearchLater } from "./parts";
import { usePrevious } from "./use-journey";
import { type Calendar, useListing } from "./use-listing";
import { Work } from "./work";

export type BookingProps = {
  readonly outside: Outside;
  readonly journey: Journey;
  readonly act: (act: Act) => void;
  readonly meetingType: MeetingType | undefined;
};

/** What is seen, worked out from the journey and from what is known of the calendar. */
export type View = {
  readonly today: PlainDate;
  readonly focused: PlainDate;
  readonly date: PlainDate | undefined;
  readonly slot: Instant | undefined;
  readonly minutes: number;
};

export function Booking(props: BookingProps) {
  const { outside, journey, act, meetingType } = props;
  const { nowMs } = useWords();
  const cameFrom = usePrevious(journey.step);
  const today = todayIn(journey.zone, nowMs);
  const calendar = useListing({
    api: outside.api,
    slug: outside.slug,
    look: { zone: journey.zone, duration: journey.duration, host: journey.host },
    today,
    toward: journey.focused ?? today,
    windowEnd: meetingType ? bounds(meetingType, today).max : null,
  });
  useRefusals(journey, act, calendar.trouble, meetingType);
  useWaking(outside, calendar.refresh);
  useTheRest(calendar.ready);
  if (journey.step === "booked" && journey.created) {
    const another = () => {
      outside.trail.push({ step: "choose" });
      act({ kind: "went", place: { step: "choose" } });
    };
    return (
      <main class="card single">
        <div class="work">
          <BookedLater.Part
            created={journey.created}
            hostZone={meetingType && hostZoneOf(meetingType)}
            fresh={cameFrom !== undefined}
            onAnother={another}
          />
        </div>
      </main>
    );
  }
  const view = viewOf(props, calendar, today);
  return (
    <main class="card" data-step={journey.step}>
      <Side {...props} calendar={calendar} view={view} />
      <div class="work">
        <Work {...props} calendar={calendar} view={view} returns={cameFrom !== undefined} />
      </div>
    </main>
  );
}

function viewOf({ journey, meetingType }: BookingProps, { listing, own }: Calendar, today: PlainDate): View {
  // The list of the zone before may still be in sight; the form never reads a time from it.
  const list = journey.step === "form" ? own : listing;
  const slot = journey.slot && (listed(list, journey.slot) ?? journey.slot);
  const [first] = freeDates(listing);
  const date = slot ? dateOf(slot) : (journey.date ?? first);
  const minutes = journey.duration ?? meetingType?.durations_minutes[0] ?? 0;
  return { today, date, slot, minutes, focused: journey.focused ?? date ?? today };
}

type SideProps = BookingProps & { readonly calendar: Calendar; readonly view: View };

/** Who and what, and the month. */
function Side({ outside, journey, act, meetingType, calendar, view }: SideProps) {
  const { t, locale, nowMs } = useWords();
  const [searching, setSearching] = useState(false);
  const { min, max } = meetingType ? bounds(meetingType, view.today) : { min: view.today, max: undefined };
  const leaveForm = () => journey.step === "form" && outside.trail.back();
  const pickDay = (date: PlainDate) => {
    act({ kind: "day", date });
    leaveForm();
    showTimes();
  };
  const pickDuration = (minutes: number) => {
    act({ kind: "duration", minutes: minutes === meetingType?.durations_minutes[0] ? undefined : minutes });
    leaveForm();
  };
  return (
    <div class="side">
      <button type="button" class="skip" onClick={focusTimes}>
        {t.skipToTimes}
      </button>
      {meetingType ? (
        <About meetingType={meetingType} duration={view.minutes} onDuration={pickDuration} />
      ) : (
        <AboutToCome />
      )}
      <section class="calendar" aria-label={t.chooseDay}>
        {!meetingType && <Bone size="cover" />}
        <Month
          focused={view.focused}
          chosen={view.date}
          today={view.today}
          min={min}
          max={max}
          free={useFree(calendar)}
          isKnown={useCallback((date) => covers(calendar.listing, date), [calendar.listing])}
          busy={!calendar.ready || calendar.busy}
          onLook={(date) => act({ kind: "looked", date })}
          onChoose={pickDay}
        />
        <ZoneLine
          onOpen={() => setSearching(true)}
          onHours={(hourCycle) => act({ kind: "hours", hourCycle })}
        />
        {journey.refusedZone && (
          <p class="soft small" role="status">
            {t.zoneFallback(journey.refusedZone, zoneLabel(journey.zone, locale, nowMs).city)}
          </p>
        )}
      </section>
      {searching && (
        <ZoneSearchLater.Part
          supported={outside.supportedZones()}
          own={outside.zone}
          onPick={(zone) => {
            act({ kind: "zone", zone });
            setSearching(false);
          }}
          onClose={() => setSearching(false)}
        />
      )}
    </div>
  );
}

function useFree({ listing }: Calendar): ReadonlySet<PlainDate> {
  const kept = useRef({ listing, free: new Set(freeDates(listing)) });
  if (kept.current.listing !== listing) kept.current = { listing, free: new Set(freeDates(listing)) };
  return kept.current.free;
}
