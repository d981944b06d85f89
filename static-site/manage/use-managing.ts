import { useEffect, useReducer, useRef } from "preact/hooks";
import { keyFor } from "../lib/intent";
import { type Act, after, begin, type Change, type Managing } from "../lib/managing";
import { usualHourCycle } from "../lib/plain-date";
import type { Outside } from "./outside";

/** Until the booking has told its own. */
const NO_ZONE = "Etc/Unknown";

/** What the guest does with the booking, with the browser's history beside it. */
export function useManaging(outside: Outside): readonly [Managing, (act: Act) => void] {
  const [managing, act] = useReducer(after, outside, start);
  const { trail } = outside;
  useEffect(() => {
    if (!trail.here()) trail.replace({ step: "show" });
    return trail.follow((place) => act({ kind: "went", place }));
  }, []);
  return [managing, act];
}

function start({ zone, language, trail }: Outside): Managing {
  const choosing = { zone: zone ?? NO_ZONE, hourCycle: usualHourCycle(language.habits) };
  return begin({ ...choosing, step: trail.here()?.step ?? "show" });
}

/** Changes the booking, once for however many clicks. */
export function useChange(
  { api, trail, freshKey }: Outside,
  managing: Managing,
  act: (act: Act) => void,
): (change: Change) => Promise<void> {
  const underWay = useRef(false);
  return async (change) => {
    if (underWay.current) return;
    underWay.current = true;
    const { key, body } = keyFor(change, managing.intent, freshKey);
    act({ kind: "sent", intent: { key, body } });
    const reply = await (body.kind === "move" ? api.move(body.body, key) : api.cancel(body.body, key));
    underWay.current = false;
    if (reply.kind !== "ok") return act({ kind: "troubled", trouble: reply });
    trail.replace({ step: "show" });
    act({ kind: "changed", managed: reply.value });
  };
}
