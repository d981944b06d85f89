import { useEffect, useRef } from "preact/hooks";
import type { MeetingType } from "../lib/api";
import { type Act, type Journey, refuses, type Trouble } from "../lib/journey";
import type { Outside } from "./outside";
import { loadTheRest } from "./parts";

/** What an address or a browser asked for and the server does not know is replaced, so that the page goes on. */
export function useRefusals(
  journey: Journey,
  act: (act: Act) => void,
  trouble: Trouble | undefined,
  meetingType: MeetingType | undefined,
) {
  useEffect(() => {
    const zone = meetingType?.time_zone;
    if (zone && zone !== journey.zone && refuses(trouble, "time_zone")) {
      act({ kind: "zone", zone, refused: journey.zone });
    }
    if (refuses(trouble, "duration_minutes")) act({ kind: "duration", minutes: undefined });
    if (refuses(trouble, "host")) act({ kind: "host-dropped" });
  }, [trouble, meetingType]);
}

const STALE_MS = 5 * 60_000;

/** A page that was put away for a while asks again when it is looked at again. */
export function useWaking({ now }: Outside, refresh: () => void) {
  const latest = useRef(refresh);
  latest.current = refresh;
  useEffect(() => {
    let left = now();
    const turn = () => {
      if (document.hidden) left = now();
      else if (now() - left > STALE_MS) latest.current();
    };
    document.addEventListener("visibilitychange", turn);
    return () => document.removeEventListener("visibilitychange", turn);
  }, []);
}

const REST_AFTER_MS = 2000;
const SIGNS_OF_LIFE = ["pointermove", "pointerdown", "keydown", "focusin"] as const;

/** The times stand: what comes after them is fetched when the guest first stirs, or a little later anyway. */
export function useTheRest(ready: boolean) {
  useEffect(() => {
    if (!ready) return;
    const wake = new AbortController();
    const go = () => {
      wake.abort();
      clearTimeout(timer);
      loadTheRest();
    };
    const timer = setTimeout(go, REST_AFTER_MS);
    for (const sign of SIGNS_OF_LIFE)
      document.addEventListener(sign, go, { signal: wake.signal, passive: true });
    return () => {
      wake.abort();
      clearTimeout(timer);
    };
  }, [ready]);
}

/** To what the month leads to: the times, or the form in their place. */
export function focusTimes() {
  (document.getElementById("times") ?? document.getElementById("chosen"))?.focus();
}

/** After a day is chosen its times come into sight, where they stand below the month or were scrolled away. */
export function showTimes() {
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
  requestAnimationFrame(() => {
    const heading = document.getElementById("times");
    const top = heading?.getBoundingClientRect().top ?? 0;
    if (top < 0 || top > innerHeight / 2) heading?.scrollIntoView({ block: "start", behavior });
  });
}
