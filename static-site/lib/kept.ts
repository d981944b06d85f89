// What a tab keeps of a guest's way, read again: it may be another release's.

import type { BookingRequest } from "./api";
import { instant } from "./api";
import type { Draft } from "./form";
import type { Sent } from "./intent";
import type { Prefill } from "./prefill";
import { anyOf, flag, number, object, type Reader, record, text, when } from "./shape";

const request = object({
  meeting_type: text,
  start: instant,
  time_zone: text,
  attendee: object({ name: text, email: text }),
}) as Reader<unknown> as Reader<BookingRequest>;

export const sentRequest: Reader<Sent<BookingRequest>> = object({
  body: request,
  key: when(text, (key) => /^[\x21-\x7e]{8,128}$/.test(key)),
  at: number,
  open: flag,
});

const draft: Reader<Draft> = object({
  name: text,
  email: text,
  phone: text,
  guests: text,
  note: text,
  answers: record(anyOf(text, flag)),
});

/** What was typed, and what the address had filled in before. */
export type TypedDraft = { readonly over: string; readonly draft: Draft };

export const typedDraft: Reader<TypedDraft> = object({ over: text, draft });

/** What an address fills in. Another one begins anew. */
export function fillingOf({ name, email, phone, note, guests, answers }: Prefill): string {
  return JSON.stringify([name, email, phone, note, guests, ...answers]);
}
