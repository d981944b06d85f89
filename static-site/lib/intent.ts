// A wish to book goes out under one key, whatever is changed about it, until a booking has come of it: under one key
// there is at most one booking, whatever is lost on the way.

import type { Problem, Reply } from "./api";
import { isSame } from "./same";

export type Intent<T> = { readonly body: T; readonly key: string };

/** The same request keeps its key, so that a repeat does nothing new; a changed one gets a fresh key. */
export function keyFor<T>(body: T, previous: Intent<T> | undefined, fresh: () => string): Intent<T> {
  if (previous && isSame(previous.body, body)) return previous;
  return { body, key: fresh() };
}

/** What was sent under a key and may have been carried out, or may yet be: oldest first. */
export type Unsettled<T> = { readonly key: string; readonly bodies: readonly T[] };

export type Ended<R> = {
  readonly reply: Reply<R>;
  /** Whether what was booked is a wish from before the one that was meant last. */
  readonly earlier: boolean;
  /** Whether something was sent of which nobody knows what became of it. */
  readonly open: boolean;
};

export type Desk<T, R> = {
  /** Hands a wish in; `undefined` if there is nothing to tell, because another answer tells it, or told it already. */
  book(body: T): Promise<Ended<R> | undefined>;
};

export type DeskWorld<T, R> = {
  readonly send: (body: T, key: string) => Promise<Reply<R>>;
  readonly fresh: () => string;
  /** What outlives the page, so that loading it again does not forget what is unsettled. */
  readonly kept: { read(): Unsettled<T> | undefined; write(unsettled: Unsettled<T> | undefined): void };
};

/** All that goes out under one key. */
type Sheet<T> = {
  readonly key: string;
  /** What may have been carried out, or may yet be. */
  open: readonly T[];
  /** What was handed in and not answered yet. */
  underWay: readonly T[];
  booked: boolean;
};

type Refused = { readonly kind: "problem"; readonly problem: Problem };

/** Where wishes are handed in. */
export function makeDesk<T, R>({ send, fresh, kept }: DeskWorld<T, R>): Desk<T, R> {
  const before = kept.read();
  let current = before && sheetOf(before.key, before.bodies);
  let latest: T | undefined;

  const note = (sheet: Sheet<T>, open: readonly T[]) => {
    sheet.open = open;
    if (sheet === current) kept.write(open.length > 0 ? { key: sheet.key, bodies: open } : undefined);
  };
  const drop = (sheet: Sheet<T>) => {
    note(sheet, []);
    if (sheet === current) current = undefined;
  };
  /** Tells nothing once something is booked under the key: no other answer can change that. */
  const post = async (sheet: Sheet<T>, body: T): Promise<Reply<R> | undefined> => {
    const wasOpen = has(sheet.open, body);
    if (!wasOpen) note(sheet, [...sheet.open, body]);
    const reply = await send(body, sheet.key);
    if (sheet.booked) return undefined;
    if (reply.kind === "ok") {
      sheet.booked = true;
      drop(sheet);
    } else if (isReused(reply) || (settles(reply) && !wasOpen)) note(sheet, without(sheet.open, body));
    return reply;
  };
  /** Something else stands under the key. It is one of those whose answers were lost, and sent again it says so. */
  const find = async (sheet: Sheet<T>, asked: T, told: Reply<R>): Promise<Told<T, R> | undefined> => {
    for (const body of sheet.open.toReversed()) {
      const reply = await post(sheet, body);
      if (!reply) return undefined;
      if (!rulesOut(reply)) return { about: body, reply };
    }
    drop(sheet);
    return { about: asked, reply: told };
  };
  const handIn = async (sheet: Sheet<T>, body: T): Promise<Told<T, R> | undefined> => {
    const reply = await post(sheet, body);
    return reply && isReused(reply) ? find(sheet, body, reply) : reply && { about: body, reply };
  };
  return {
    book: async (body) => {
      latest = body;
      current ??= sheetOf(fresh(), []);
      const sheet = current;
      if (has(sheet.underWay, body)) return undefined;
      sheet.underWay = [...sheet.underWay, body];
      const told = await handIn(sheet, body);
      sheet.underWay = without(sheet.underWay, body);
      if (!told) return undefined;
      const { reply, about } = told;
      const earlier = reply.kind === "ok" && !isSame(about, latest);
      return { reply, earlier, open: sheet.open.length > 0 };
    },
  };
}

/** An answer, and what it is about. */
type Told<T, R> = { readonly about: T; readonly reply: Reply<R> };

function sheetOf<T>(key: string, open: readonly T[]): Sheet<T> {
  return { key, open, underWay: [], booked: false };
}

function has<T>(bodies: readonly T[], body: T): boolean {
  return bodies.some((one) => isSame(one, body));
}

function without<T>(bodies: readonly T[], body: T): readonly T[] {
  return bodies.filter((one) => !isSame(one, body));
}

/** Another request was booked under this key, so this one never was and never will be. */
function isReused(reply: Reply<unknown>): reply is Refused {
  return reply.kind === "problem" && reply.problem.type.endsWith("/idempotency-key-reused");
}

/**
 * Whether what was sent was not carried out. That is said of this sending alone: an earlier one of the same request,
 * whose answer was lost, may still arrive.
 */
function settles(reply: Reply<unknown>): reply is Refused {
  if (reply.kind !== "problem") return false;
  const { status, type } = reply.problem;
  if (type === "/problems/busy") return true;
  return status >= 400 && status < 500 && status !== 408 && status !== 425;
}

/** Whether this is not what stands under the key. Limits are counted before the server looks, and tell nothing of it. */
function rulesOut(reply: Reply<unknown>): boolean {
  return settles(reply) && reply.problem.status < 429;
}
