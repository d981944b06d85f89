// What of the calendar is known: a value that is never changed, only replaced.

import type { MeetingType, Slots } from "./api";
import { addDays, compare, epoch, firstOfMonth, type Instant, type PlainDate, wallTime } from "./plain-date";

/** The most days that one look may cover, both ends counted. */
export const DAYS_MAX = 92;

/** Dates, both inclusive. */
export type DateRange = { readonly from: PlainDate; readonly to: PlainDate };

export type Listing = {
  /** What was asked for, in order, without touching or overlapping. */
  readonly known: readonly DateRange[];
  readonly days: ReadonlyMap<PlainDate, readonly Instant[]>;
  /** The first free time from the end of what is known on, where the server told it. */
  readonly next: Instant | undefined;
};

export type PartOfDay = "morning" | "afternoon" | "evening";
export type Part = { readonly part: PartOfDay; readonly slots: readonly Instant[] };
export type Bounds = { readonly min: PlainDate; readonly max: PlainDate | undefined };

export const empty: Listing = { known: [], days: new Map(), next: undefined };

/** The listing with a newer answer for these dates; what was known of them before is forgotten. */
export function merge(listing: Listing, from: PlainDate, to: PlainDate, slots: Slots): Listing {
  const outside = [...listing.days].filter(([date]) => date < from || date > to);
  const days = new Map(outside);
  // Where a zone skips back over midnight a date may come in two groups.
  for (const { date, slots: starts } of slots.days) days.set(date, [...(days.get(date) ?? []), ...starts]);
  const known = joined([...listing.known, { from, to }]);
  const isLast = known.at(-1)?.to === to;
  return { known, days, next: isLast ? (slots.next_available ?? undefined) : listing.next };
}

/** The dates with a free time, in order. */
export function freeDates(listing: Listing): PlainDate[] {
  return [...listing.days]
    .filter(([, slots]) => slots.length > 0)
    .map(([date]) => date)
    .sort(compare);
}

export function slotsOn(listing: Listing, date: PlainDate): readonly Instant[] {
  return listing.days.get(date) ?? [];
}

export function covers(listing: Listing, date: PlainDate): boolean {
  return listing.known.some(({ from, to }) => from <= date && date <= to);
}

/** What to ask for next to know the calendar without a hole; `undefined` when all up to the window's end is known. */
export function nextChunk(listing: Listing, windowEnd: PlainDate | undefined): DateRange | undefined {
  const first = listing.known[0];
  return first && chunkFrom(listing, addDays(first.to, 1), windowEnd);
}

/** What to ask for to see the month of a date; `undefined` when that date is known or past the window. */
export function chunkFor(
  listing: Listing,
  date: PlainDate,
  windowEnd: PlainDate | undefined,
): DateRange | undefined {
  if (covers(listing, date)) return undefined;
  const first = firstOfMonth(date);
  const inside = listing.known.find(({ from, to }) => from <= first && first <= to);
  return chunkFrom(listing, inside ? addDays(inside.to, 1) : first, windowEnd);
}

/** The first free time there is: listed, or past the list as the server told it. */
export function firstFree(listing: Listing): Instant | undefined {
  const [date] = freeDates(listing);
  return date === undefined ? listing.next : listing.days.get(date)?.[0];
}

/**
 * The dates that can have free times at all, in the guest's zone. The window is counted in the host's days, which
 * reach at most one day into the guest's next or last.
 */
export function bounds({ window }: Pick<MeetingType, "window">, today: PlainDate): Bounds {
  switch (window.kind) {
    case "open":
      return { min: today, max: undefined };
    case "rolling":
      return { min: today, max: addDays(today, window.days + 1) };
    case "fixed": {
      const min = later(today, addDays(window.from, -1));
      return { min, max: later(min, addDays(window.to, 1)) };
    }
  }
}

/** The date, or the end of the bounds that is nearest to it. */
export function clamp(date: PlainDate, { min, max }: Bounds): PlainDate {
  if (date < min) return min;
  return max !== undefined && date > max ? max : date;
}

export function isWithin(date: PlainDate, bounds: Bounds): boolean {
  return clamp(date, bounds) === date;
}

/** What is still to come of a listing; the same value where nothing has passed since. */
export function ahead(listing: Listing, today: PlainDate, nowMs: number): Listing {
  const isPast = (slot: Instant) => epoch(slot) <= nowMs;
  const passed = [...listing.days].filter(([date, slots]) => date <= today && slots.some(isPast));
  if (passed.length === 0) return listing;
  const left = passed.map(([date, slots]) => [date, slots.filter((slot) => !isPast(slot))] as const);
  return { ...listing, days: new Map([...listing.days, ...left]) };
}

/** The times of a day in up to three groups; an empty one is left out. */
export function byPartOfDay(slots: readonly Instant[]): Part[] {
  const parts: PartOfDay[] = ["morning", "afternoon", "evening"];
  const groups = parts.map((part) => ({ part, slots: slots.filter((slot) => partOf(slot) === part) }));
  return groups.filter((group) => group.slots.length > 0);
}

function partOf(slot: Instant): PartOfDay {
  const { hour } = wallTime(slot);
  return hour < 12 ? "morning" : hour < 17 ? "afternoon" : "evening";
}

function chunkFrom(
  listing: Listing,
  from: PlainDate,
  windowEnd: PlainDate | undefined,
): DateRange | undefined {
  const known = listing.known.find((range) => range.from > from);
  const ends = [addDays(from, DAYS_MAX - 1), windowEnd, known && addDays(known.from, -1)];
  const to = ends.filter((end) => end !== undefined).sort(compare)[0];
  return to === undefined || to < from ? undefined : { from, to };
}

function joined(ranges: readonly DateRange[]): DateRange[] {
  const done: DateRange[] = [];
  for (const range of [...ranges].sort((one, other) => compare(one.from, other.from))) {
    const last = done.at(-1);
    if (last && range.from <= addDays(last.to, 1))
      done.splice(-1, 1, { ...last, to: later(last.to, range.to) });
    else done.push(range);
  }
  return done;
}

function later(one: PlainDate, other: PlainDate): PlainDate {
  return one > other ? one : other;
}
