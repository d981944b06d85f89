import { useEffect, useReducer } from "preact/hooks";
import { type Act, after, begin, type Journey } from "../lib/journey";
import { usualHourCycle } from "../lib/plain-date";
import type { Outside } from "./outside";

/** What stands for the zone of a browser that tells none; the server knows it as little, and another is taken. */
const NO_ZONE = "Etc/Unknown";

/** The guest's way through the page, with the browser's history beside it. */
export function useJourney(outside: Outside): readonly [Journey, (act: Act) => void] {
  const [journey, act] = useReducer(after, outside, start);
  const { trail } = outside;
  useEffect(() => {
    if (!trail.here()) trail.replace({ step: "choose" });
    return trail.follow((place) => act({ kind: "went", place }));
  }, []);
  return [journey, act];
}

function start({ prefill, zone, language, trail }: Outside): Journey {
  const journey = begin({
    zone: prefill.zone ?? zone ?? NO_ZONE,
    hourCycle: usualHourCycle(language.habits),
    duration: prefill.duration,
    host: prefill.host,
    date: prefill.date,
  });
  const place = trail.here();
  return place ? after(journey, { kind: "went", place }) : journey;
}
