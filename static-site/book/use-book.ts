import { useRef } from "preact/hooks";
import type { BookingRequest, CreatedBooking } from "../lib/api";
import { type Act, type Errors, isProblem, type Trouble } from "../lib/journey";
import { deskOf } from "./desk";
import type { Outside } from "./outside";

type Booking = {
  readonly outside: Outside;
  readonly act: (act: Act) => void;
  /** What has changed at the host's is asked for again. */
  readonly refresh: () => void;
};

type Book = (body: BookingRequest, errorsIn: (trouble: Trouble) => Errors) => Promise<void>;

/** Books, once for however many clicks. The answer is heard wherever the guest has gone meanwhile. */
export function useBook(booking: Booking): Book {
  const latest = useRef(booking);
  latest.current = booking;
  const { outside, act } = booking;
  return async (body, errorsIn) => {
    act({ kind: "sent", body });
    const ended = await deskOf(outside).book(body);
    if (!ended) return;
    const { reply, earlier, open } = ended;
    if (reply.kind === "ok") {
      show(outside, reply.value);
      act({ kind: "booked", created: reply.value, earlier });
    } else act({ kind: "troubled", body, trouble: reply, errors: errorsIn(reply), open });
    if (reply.kind === "ok" || isGone(reply)) latest.current.refresh();
  };
}

/** The form gives way to what was booked with it; from anywhere else that is a step further. */
function show({ trail }: Outside, created: CreatedBooking) {
  const place = { step: "booked", created } as const;
  if (trail.here()?.step === "form") trail.replace(place);
  else trail.push(place);
}

function isGone(trouble: Trouble): boolean {
  return isProblem(trouble, "slot-taken") || isProblem(trouble, "not-offered");
}
