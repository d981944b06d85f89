import { useRef } from "preact/hooks";
import type { CreatedBooking, MeetingType, Reply } from "../lib/api";
import { sortErrors, toRequest, type Wish } from "../lib/form";
import { keyFor } from "../lib/intent";
import { type Act, type Errors, isProblem, type Journey, noErrors, type Trouble } from "../lib/journey";
import type { Outside } from "./outside";

type Booking = {
  readonly outside: Outside;
  readonly journey: Journey;
  readonly act: (act: Act) => void;
  /** What has changed at the host's is asked for again. */
  readonly refresh: () => void;
};

/** Books, once for however many clicks. */
export function useBooking({ outside, journey, act, refresh }: Booking): (wish: Wish) => Promise<void> {
  const underWay = useRef(false);
  const answered = (reply: Reply<CreatedBooking>, meetingType: MeetingType) => {
    if (reply.kind === "ok") {
      const created = reply.value;
      outside.trail.replace({ step: "booked", created });
      act({ kind: "booked", created });
    } else {
      act({ kind: "troubled", trouble: reply, errors: errorsIn(reply, meetingType, outside) });
    }
    if (reply.kind === "ok" || isGone(reply)) refresh();
  };
  return async (wish) => {
    if (underWay.current) return;
    underWay.current = true;
    const intent = keyFor(toRequest(wish), journey.intent, outside.freshKey);
    act({ kind: "sent", intent });
    const reply = await outside.api.book(intent.body, intent.key);
    underWay.current = false;
    answered(reply, wish.meetingType);
  };
}

function isGone(trouble: Trouble): boolean {
  return isProblem(trouble, "slot-taken") || isProblem(trouble, "not-offered");
}

function errorsIn(trouble: Trouble, meetingType: MeetingType, { texts }: Outside): Errors {
  if (!isProblem(trouble, "invalid")) return noErrors;
  return sortErrors(trouble.problem, meetingType, texts);
}
