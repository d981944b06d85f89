import { Globe } from "lucide";
import { formatTime, type HourCycle, inZone, zoneLabel } from "../lib/plain-date";
import { Icon } from "./icon";
import { useWords, type Words } from "./words";

type ZoneLineProps = {
  readonly onOpen: () => void;
  readonly onHours: (hourCycle: HourCycle) => void;
};

/** Whose clock the times are read from, and how it counts the hours. */
export function ZoneLine({ onOpen, onHours }: ZoneLineProps) {
  const words = useWords();
  const { t, hourCycle } = words;
  const { city, time } = clockOf(words);
  const shown = time ? t.zoneButton(city, time) : city;
  return (
    <div class="zone-line">
      <button
        type="button"
        class="button plain"
        aria-haspopup="dialog"
        aria-label={t.zoneButtonName(shown)}
        onClick={onOpen}
      >
        <Icon node={Globe} />
        <span>{shown}</span>
      </button>
      <fieldset class="cycle">
        <legend class="unseen">{t.clockLegend}</legend>
        {CYCLES.map(([cycle, short, name]) => (
          <label class="choice" key={cycle}>
            <input
              type="radio"
              name="hours"
              checked={cycle === hourCycle}
              aria-label={t[name]}
              onChange={() => onHours(cycle)}
            />
            <span aria-hidden="true" dir="ltr">
              {short}
            </span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

const CYCLES = [
  ["h12", "12 h", "clock12"],
  ["h23", "24 h", "clock24"],
] as const;

/** A zone that only the server knows has no clock here. */
function clockOf({ zone, locale, hourCycle, nowMs }: Words): { city: string; time: string | undefined } {
  const { city } = zoneLabel(zone, locale, nowMs);
  const there = inZone(nowMs, zone);
  return { city, time: there && formatTime(there, locale, hourCycle) };
}
