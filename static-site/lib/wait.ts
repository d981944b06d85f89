// How long to wait, in the unit in which people say it.

import type { Wait } from "./texts/catalogue";

/** Rounded up: nobody should come back too early. */
export function waitOf(secs: number): Wait {
  if (secs < 60) return { count: Math.max(1, secs), unit: "second" };
  if (secs < 3600) return { count: Math.ceil(secs / 60), unit: "minute" };
  return { count: Math.ceil(secs / 3600), unit: "hour" };
}
