// Choosing a time, on whichever page: what is looked at, in whose zone and for how long.

import { dateOf, type HourCycle, type Instant, inZone, type PlainDate, type Zone } from "./plain-date";

export type Choosing = {
  readonly zone: Zone;
  /** A zone that the server does not know, and that had to be replaced. */
  readonly refusedZone?: Zone | undefined;
  /** Left open, it is the usual one. */
  readonly duration?: number | undefined;
  readonly hourCycle: HourCycle;
  /** The day the month stands on, once the guest has moved there. */
  readonly focused?: PlainDate | undefined;
  /** The day the guest asked for. Until then the page picks one. */
  readonly date?: PlainDate | undefined;
  readonly slot?: Instant | undefined;
};

export type ChoosingAct =
  | { readonly kind: "looked"; readonly date: PlainDate }
  | { readonly kind: "day"; readonly date: PlainDate }
  | { readonly kind: "zone"; readonly zone: Zone; readonly refused?: Zone | undefined }
  | { readonly kind: "duration"; readonly minutes: number | undefined }
  | { readonly kind: "hours"; readonly hourCycle: HourCycle }
  | { readonly kind: "pointed"; readonly slot: Instant | undefined };

export function afterChoosing<T extends Choosing>(state: T, act: ChoosingAct): T {
  return { ...state, ...changed(state, act) };
}

function changed(state: Choosing, act: ChoosingAct): Partial<Choosing> {
  switch (act.kind) {
    case "looked":
      return { focused: act.date };
    case "day":
      return { focused: act.date, date: act.date, slot: undefined };
    case "zone":
      return { ...inOtherZone(state, act.zone), refusedZone: act.refused };
    case "duration":
      return { duration: act.minutes };
    case "hours":
      return { hourCycle: act.hourCycle };
    case "pointed":
      return { slot: act.slot };
  }
}

/** Whatever time was at hand is read in the new zone from now on, and stands on the day that it has there. */
function inOtherZone({ slot: before, focused }: Choosing, zone: Zone): Partial<Choosing> {
  if (before === undefined) return { zone };
  const slot = respelled(before, zone);
  const date = dateOf(slot);
  // A guest who has paged to another month stays there.
  return { zone, slot, date, focused: focused === dateOf(before) ? date : focused };
}

/** The same instant as the other zone reads it. A zone that only the server knows is left to the server's list. */
export function respelled(slot: Instant, zone: Zone): Instant {
  return inZone(slot, zone) ?? slot;
}
