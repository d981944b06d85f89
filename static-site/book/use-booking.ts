import { useRef } from "preact/hooks";
import type { BookingRequest, CreatedBooking } from "../lib/api";
import type { Ended } from "../lib/intent";
import { type Act, type Errors, isProblem, type Trouble } from "../lib/journey";
import type { Outside } from "./outside";

type Booking = {
  readonly outside: Outside;
  readonly act: (act: Act) => void;
  /** What has changed at the host's is asked for again. */
  readonly refresh: () => void;
};

/** What leads to a booking. The answers are heard wherever the guest has gone meanwhile. */
export type Requests = {
  readonly book: (body: BookingRequest, errorsIn: (trouble: Trouble) => Errors) => Promise<void>;
  readonly findOut: () => Promise<void>;
  readonly forget: () => void;
};

type Answer = Ended<BookingRequest, CreatedBooking>;

/** Books, once for however many clicks. */
export function useBooking(booking: Booking): Requests {
  const latest = useRef(booking);
  latest.current = booking;
  const { outside, act } = booking;
  const { desk } = outside;
  const succeeded = (created: CreatedBooking, earlier: boolean) => {
    show(outside, created);
    act({ kind: "booked", created, earlier });
    latest.current.refresh();
  };
  const failed = (body: BookingRequest, trouble: Trouble, errors: Errors) => {
    act({ kind: "troubled", body, trouble, errors, open: desk.open() });
    if (isGone(trouble)) latest.current.refresh();
  };
  const book: Requests["book"] = async (body, errorsIn) => {
    act({ kind: "sent", body });
    const ended = await desk.book(body);
    if (ended?.reply.kind === "ok") succeeded(ended.reply.value, ended.earlier);
    else if (ended) failed(body, ended.reply, errorsIn(ended.reply));
  };
  const foundOut = (ended: Answer | undefined) => {
    if (ended?.reply.kind === "ok") return succeeded(ended.reply.value, false);
    const open = desk.open();
    if (open || !ended) return act({ kind: "unfound", trouble: ended?.reply, open });
    act({ kind: "missed", missed: { start: ended.body.start, trouble: ended.reply } });
    if (isGone(ended.reply)) latest.current.refresh();
  };
  const findOut = async () => {
    act({ kind: "finding" });
    foundOut(await desk.findOut());
  };
  const forget = () => {
    desk.forget();
    act({ kind: "unfound", trouble: undefined, open: desk.open() });
  };
  return { book, findOut, forget };
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
