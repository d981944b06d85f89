import type { Place } from "../lib/journey";

/** What the history kept, if it is a place of this page. */
export function placeOf(kept: object): Place | undefined {
  if (!("step" in kept)) return undefined;
  if (kept.step === "choose") return { step: "choose" };
  if (kept.step === "form") return isFormPlace(kept) ? (kept as Place) : undefined;
  return kept.step === "booked" && "created" in kept ? (kept as Place) : undefined;
}

function isFormPlace(kept: object): boolean {
  return "slot" in kept && typeof kept.slot === "string" && "zone" in kept && typeof kept.zone === "string";
}
