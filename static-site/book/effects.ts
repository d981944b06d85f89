import { useEffect } from "preact/hooks";
import type { MeetingType } from "../lib/api";
import { type Act, type Journey, refuses, type Trouble } from "../lib/journey";
import { focusOn } from "../page/focus";

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

/** To what the month leads to: the times, or the form in their place. */
export function focusTimes() {
  focusOn("times", "chosen");
}
