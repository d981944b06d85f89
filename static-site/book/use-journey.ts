import { useEffect, useLayoutEffect, useReducer } from "preact/hooks";
import { type Act, after, begin, type Journey } from "../lib/journey";
import { fillingOf } from "../lib/kept";
import { usualHourCycle } from "../lib/plain-date";
import type { Outside } from "./outside";
import { placeIn } from "./place";

/** What stands for the zone of a browser that tells none; the server knows it as little, and another is taken. */
const NO_ZONE = "Etc/Unknown";

/** The guest's way through the page, with the browser's history beside it. */
export function useJourney(outside: Outside): readonly [Journey, (act: Act) => void] {
  const [journey, act] = useReducer(after, outside, start);
  const { trail } = outside;
  useEffect(() => trail.follow((place) => act({ kind: "went", place })), []);
  useTrail(outside, journey);
  useDraft(outside, journey);
  return [journey, act];
}

/** What was chosen stands in the history too, so that loading the page again changes nothing. */
function useTrail({ trail }: Outside, journey: Journey) {
  const { step, slot, zone, duration, refusedZone } = journey;
  useEffect(() => {
    const here = trail.here();
    // While Back or Forward is under way the history may be a step ahead.
    if (!here || (here.step === step && step !== "booked")) trail.replace(placeIn(journey));
  }, [step, step === "form" && slot, zone, duration, refusedZone]);
}

/** What was typed outlives the page until it is booked. It is kept at once: the page may be left with the last key. */
function useDraft({ draft, prefill }: Outside, journey: Journey) {
  useLayoutEffect(() => {
    draft.write(journey.draft && { over: fillingOf(prefill), draft: journey.draft });
  }, [journey.draft]);
}

function start({ prefill, zone, language, trail, draft }: Outside): Journey {
  const place = trail.here();
  const chosen = place && place.step !== "booked" ? place : undefined;
  const typed = draft.read();
  const journey = begin({
    zone: chosen?.zone ?? prefill.zone ?? zone ?? NO_ZONE,
    hourCycle: usualHourCycle(language.habits),
    duration: chosen ? chosen.duration : prefill.duration,
    host: prefill.host,
    date: prefill.date,
    draft: typed?.over === fillingOf(prefill) ? typed.draft : undefined,
  });
  return place ? after(journey, { kind: "went", place }) : journey;
}
