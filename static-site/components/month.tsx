import "cally";
import { ChevronLeft, ChevronRight } from "lucide";
import { useCallback } from "preact/hooks";
import {
  dateOfMidnight,
  firstDayOfWeek,
  formatMonth,
  type Midnight,
  type PlainDate,
} from "../lib/plain-date";
import { Icon } from "./icon";
import { useWords } from "./words";

type MonthProps = {
  /** The day the keyboard stands on; its month is the one that is seen. */
  readonly focused: PlainDate;
  readonly chosen: PlainDate | undefined;
  /** The day of a booking that is to be moved. */
  readonly present?: PlainDate | undefined;
  readonly today: PlainDate;
  readonly min: PlainDate;
  readonly max: PlainDate | undefined;
  readonly free: ReadonlySet<PlainDate>;
  /** Whether it is known what is free on a date; until then it must not look as if nothing were. */
  readonly isKnown: (date: PlainDate) => boolean;
  readonly busy: boolean;
  readonly onLook: (date: PlainDate) => void;
  readonly onChoose: (date: PlainDate) => void;
};

export function Month(props: MonthProps) {
  const { focused, chosen, present, today, min, max, free, isKnown, busy, onLook, onChoose } = props;
  const { t, locale, habits } = useWords();
  const disallowed = useCallback((day: Midnight) => !free.has(dateOfMidnight(day)), [free]);
  const parts = useCallback(
    (day: Midnight) => {
      const date = dateOfMidnight(day);
      const isAhead = date >= min && (max === undefined || date <= max);
      const isUnknown = !free.has(date) && isAhead && !isKnown(date);
      return [free.has(date) && "free", isUnknown && "unknown", date === present && "present"]
        .filter(Boolean)
        .join(" ");
    },
    [free, isKnown, min, max, present],
  );
  return (
    <div class="month" aria-busy={busy}>
      <calendar-date
        value={chosen ?? ""}
        focusedDate={focused}
        today={today}
        min={min}
        max={max ?? ""}
        locale={locale}
        firstDayOfWeek={firstDayOfWeek(habits)}
        formatWeekday="short"
        isDateDisallowed={disallowed}
        getDayParts={parts}
        onfocusday={(event) => onLook(dateOfMidnight(event.detail))}
        onchange={(event) => onChoose(event.currentTarget.value)}
      >
        <span slot="previous">
          <Icon node={ChevronLeft} turns />
          <span class="unseen">{t.previousMonth}</span>
        </span>
        <span slot="heading" class="heading" aria-hidden="true">
          {formatMonth(focused, locale)}
        </span>
        <span slot="next">
          <Icon node={ChevronRight} turns />
          <span class="unseen">{t.nextMonth}</span>
        </span>
        <calendar-month />
      </calendar-date>
    </div>
  );
}
