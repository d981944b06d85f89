import { type BookingRequest, type CreatedBooking, instant } from "../lib/api";
import { type Desk, makeDesk, type Unsettled } from "../lib/intent";
import { list, object, type Reader, text, when } from "../lib/shape";
import type { Outside } from "./outside";

const request = object({
  meeting_type: text,
  start: instant,
  time_zone: text,
  attendee: object({ name: text, email: text }),
}) as Reader<unknown> as Reader<BookingRequest>;

const unsettled: Reader<Unsettled<BookingRequest>> = object({
  key: when(text, (key) => /^[\x21-\x7e]{8,128}$/.test(key)),
  bodies: list(request),
});

type Bookings = Desk<BookingRequest, CreatedBooking>;

const desks = new WeakMap<Outside, Bookings>();

/** Where requests to book are handed in: one for as long as the page stands, however often the form comes and goes. */
export function deskOf(outside: Outside): Bookings {
  const desk = desks.get(outside) ?? open(outside);
  desks.set(outside, desk);
  return desk;
}

function open({ api, freshKey, kept }: Outside): Bookings {
  return makeDesk({ send: api.book, fresh: freshKey, kept: kept("requests", unsettled) });
}
