import { About, AboutToCome } from "../components/about";
import { ChooseDay } from "../components/choose-day";
import { hostZoneOf, useWords } from "../components/words";
import type { MeetingType } from "../lib/api";
import { type Act, type Journey, listed } from "../lib/journey";
import { type Bounds, bounds, clamp, freeDates } from "../lib/listing";
import { dateOf, type Instant, type PlainDate, today as todayIn } from "../lib/plain-date";
import { showTimes } from "../page/focus";
import { type Calendar, useListing } from "../page/use-listing";
import { usePrevious } from "../page/use-previous";
import { useTheRest } from "../page/use-rest";
import { focusTimes, useRefusals } from "./effects";
import type { Outside } from "./outside";
import { BookedLater, loadTheRest, ZoneSearchLater } from "./parts";
import { placeIn } from "./place";
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
  /** The dates that can have free times at all. */
  readonly bounds: Bounds;
  readonly focused: PlainDate;
  /** The day that was asked for, as far as it can be shown. */
  readonly wished: PlainDate | undefined;
  readonly date: PlainDate | undefined;
  readonly slot: Instant | undefined;
  readonly minutes: number;
};

export function Booking(props: BookingProps) {
  const { outside, journey, act, meetingType } = props;
  const { nowMs } = useWords();
  const cameFrom = usePrevious(journey.step);
  const today = todayIn(journey.zone, nowMs);
  const within = meetingType ? bounds(meetingType, today) : { min: today, max: undefined };
  const calendar = useListing({
    ask: (query) => outside.api.slots({ slug: outside.slug, ...query }),
    look: { zone: journey.zone, duration: journey.duration, host: journey.host },
    now: outside.now,
    nowMs,
    today,
    toward: clamp(journey.focused ?? journey.date ?? today, within),
    windowEnd: meetingType ? within.max : null,
  });
  useRefusals(journey, act, calendar.trouble, meetingType);
  useTheRest(calendar.ready, loadTheRest);
  if (journey.step === "booked" && journey.created) {
    const another = () => {
      const place = placeIn({ ...journey, step: "choose" });
      outside.trail.push(place);
      act({ kind: "went", place });
    };
    return (
      <main class="card single">
        <div class="work">
          <BookedLater.Part
            created={journey.created}
            hostZone={meetingType && hostZoneOf(meetingType)}
            fresh={cameFrom !== undefined}
            earlier={journey.earlier ?? false}
            onAnother={another}
          />
        </div>
      </main>
    );
  }
  const view = viewOf(props, calendar, today, within);
  return (
    <main class="card" data-step={journey.step}>
      <Side {...props} calendar={calendar} view={view} />
      <div class="work">
        <Work {...props} calendar={calendar} view={view} returns={cameFrom !== undefined} />
      </div>
    </main>
  );
}

function viewOf(
  { journey, meetingType }: BookingProps,
  { listing, own }: Calendar,
  today: PlainDate,
  within: Bounds,
): View {
  // The list of the zone before may still be in sight; the form never reads a time from it.
  const list = journey.step === "form" ? own : listing;
  const slot = journey.slot && (listed(list, journey.slot) ?? journey.slot);
  const [first] = freeDates(listing);
  // A day that is over is nobody's wish any more; for one that is too far ahead the last one says why.
  const isOver = journey.date === undefined || journey.date < within.min;
  const wished = isOver ? undefined : clamp(journey.date, within);
  const date = slot ? dateOf(slot) : (wished ?? first);
  const minutes = journey.duration ?? meetingType?.durations_minutes[0] ?? 0;
  const focused = clamp(journey.focused ?? date ?? today, within);
  return { today, bounds: within, date, wished, slot, minutes, focused };
}

type SideProps = BookingProps & { readonly calendar: Calendar; readonly view: View };

/** Who and what, and the month. */
function Side({ outside, journey, act, meetingType, calendar, view }: SideProps) {
  const { t } = useWords();
  const { min, max } = view.bounds;
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
      <ChooseDay
        focused={view.focused}
        chosen={view.date}
        today={view.today}
        min={min}
        max={max}
        listing={calendar.listing}
        busy={!calendar.ready || calendar.busy}
        coming={!meetingType}
        refusedZone={journey.refusedZone}
        search={ZoneSearchLater.Part}
        supported={outside.supportedZones}
        own={outside.zone}
        act={act}
        onChoose={pickDay}
      />
    </div>
  );
}
