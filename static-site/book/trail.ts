import type { Place } from "../lib/journey";
import type { Trail } from "./outside";

/** The browser's history. What it kept may be another release's, and then counts as nothing. */
export function makeTrail(page: Window): Trail {
  const here = () => placeOf(page.history.state);
  return {
    here,
    push: (place) => page.history.pushState(place, ""),
    replace: (place) => page.history.replaceState(place, ""),
    back: () => page.history.back(),
    follow: (went) => {
      const listener = () => went(here() ?? { step: "choose" });
      page.addEventListener("popstate", listener);
      return () => page.removeEventListener("popstate", listener);
    },
  };
}

function placeOf(kept: unknown): Place | undefined {
  if (typeof kept !== "object" || kept === null || !("step" in kept)) return undefined;
  if (kept.step === "choose") return { step: "choose" };
  if (kept.step === "form") return isFormPlace(kept) ? (kept as Place) : undefined;
  return kept.step === "booked" && "created" in kept ? (kept as Place) : undefined;
}

function isFormPlace(kept: object): boolean {
  return "slot" in kept && typeof kept.slot === "string" && "zone" in kept && typeof kept.zone === "string";
}
