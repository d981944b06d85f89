import { createdBooking } from "../lib/api";
import type { Journey, Place } from "../lib/journey";
import { isInstant } from "../lib/plain-date";
import { number, object, optional, text, when } from "../lib/shape";

const chosen = { zone: optional(text), duration: optional(number) };
const choosing = object(chosen);
const form = object({ ...chosen, slot: when(text, isInstant), zone: text });
const booked = object({ created: createdBooking });

/** What the history kept, if it is a place of this page: it may be another release's. */
export function placeOf(kept: object): Place | undefined {
  if (!("step" in kept)) return undefined;
  if (kept.step === "choose" && choosing(kept)) return { ...pick(kept), step: "choose" };
  if (kept.step === "form" && form(kept)) {
    return { ...pick(kept), step: "form", slot: kept.slot, zone: kept.zone };
  }
  return kept.step === "booked" && booked(kept) ? { step: "booked", created: kept.created } : undefined;
}

type Chosen = { readonly zone?: string | undefined; readonly duration?: number | undefined };

function pick({ zone, duration }: Chosen): Chosen {
  return { zone, duration };
}

/** Where the journey stands, as the history keeps it. A zone that had to be replaced is not the guest's choice. */
export function placeIn(journey: Journey): Place {
  const { step, slot, zone, duration, refusedZone, created } = journey;
  if (step === "booked" && created) return { step, created };
  if (step === "form" && slot) return { step, slot, zone, duration };
  return { step: "choose", zone: refusedZone === undefined ? zone : undefined, duration };
}
