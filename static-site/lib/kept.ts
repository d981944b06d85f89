// What a tab keeps of a guest's way, read again: it may be another release's.

import type { Draft } from "./form";
import type { Prefill } from "./prefill";
import { anyOf, flag, object, type Reader, record, text } from "./shape";

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
