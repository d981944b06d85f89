// A server as the desk's tests need one: it keeps the contract's word about keys, and knows nothing else.

import type { Problem, Reply } from "./api";

export const NINE = { start: "9:00", note: "" };
export const NINE_WITH_NOTE = { start: "9:00", note: "And tea." };
export const TEN = { start: "10:00", note: "" };
export type Body = typeof NINE;
export type Answer = Reply<Body>;

export const LOST: Answer = { kind: "unreachable" };
export const booked = (value: Body): Answer => ({ kind: "ok", value });

export function refused(status: number, name: string): Answer {
  const problem: Problem = { type: `/problems/${name}`, title: "", status, detail: "" };
  return { kind: "problem", problem };
}

export const TAKEN = refused(409, "slot-taken");

/** Books once under a key, as the contract says: before it refuses, it looks for what stands under the key. */
export class Server {
  readonly bookings = new Map<string, Body>();

  book(body: Body, key: string, otherwise?: Answer): Answer {
    const made = this.bookings.get(key);
    if (made) return isSame(made, body) ? booked(made) : refused(422, "idempotency-key-reused");
    if (otherwise) return otherwise;
    this.bookings.set(key, body);
    return booked(body);
  }
}

function isSame(one: Body, other: Body): boolean {
  return one.start === other.start && one.note === other.note;
}

/** All that could go on without the world has gone on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await undefined;
}
