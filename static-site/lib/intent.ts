// One wish to book has one key, however often it has to be sent; and while nobody knows what became of one, no other
// is sent.

import type { Reply } from "./api";

export type Intent<T> = { readonly body: T; readonly key: string };

/** The same request keeps its key, so that a repeat books nothing new; a changed one gets a fresh key. */
export function keyFor<T>(body: T, previous: Intent<T> | undefined, fresh: () => string): Intent<T> {
  if (previous && isSame(previous.body, body)) return previous;
  return { body, key: fresh() };
}

/** A request that was sent. */
export type Sent<T> = Intent<T> & {
  /** When for the first time, in milliseconds since 1970. */
  readonly at: number;
  /** Whether nobody knows if it was carried out: it is on its way, or its answer was lost. */
  readonly open: boolean;
};

/** The server knows a key for at least so long. */
const KEY_LIVES_MS = 24 * 60 * 60_000;

/** What a page that was loaded again remembers of a request, unless it is too old to find out about. */
export function stillOpen<T>(sent: Sent<T> | undefined, nowMs: number): Sent<T> | undefined {
  return sent?.open && nowMs - sent.at < KEY_LIVES_MS ? sent : undefined;
}

/**
 * Whether a refusal means that the request was not carried out, now or before. Limits are counted before the server
 * looks for an earlier request under the same key, and who is busy tells of this sending alone: neither says anything
 * about a request that was open already.
 */
function settles(reply: Reply<unknown>, wasOpen: boolean): boolean {
  if (reply.kind !== "problem") return reply.kind === "ok";
  const { status, type } = reply.problem;
  if (status === 429 || type === "/problems/busy") return !wasOpen;
  return status >= 400 && status < 500 && status !== 408 && status !== 425;
}

export type Ended<T, R> = {
  readonly body: T;
  readonly reply: Reply<R>;
  /** Whether this is about a request from before, which had to be settled first. */
  readonly earlier: boolean;
};

export type Desk<T, R> = {
  /** The request of which nobody knows what became of it. */
  open(): Sent<T> | undefined;
  /** Sends a request, after whatever is open is settled; `undefined` if that already led to what was wanted. */
  book(body: T): Promise<Ended<T, R> | undefined>;
  /** Sends what is open once more, which books nothing twice. */
  findOut(): Promise<Ended<T, R> | undefined>;
  /** Goes on without knowing. */
  forget(): void;
};

export type DeskWorld<T, R> = {
  readonly send: (body: T, key: string) => Promise<Reply<R>>;
  readonly fresh: () => string;
  readonly now: () => number;
  /** What outlives the page, so that loading it again does not forget what is open. */
  readonly kept: { read(): Sent<T> | undefined; write(sent: Sent<T> | undefined): void };
};

/** Where requests are handed in, one at a time. */
export function makeDesk<T, R>({ send, fresh, now, kept }: DeskWorld<T, R>): Desk<T, R> {
  let last = stillOpen(kept.read(), now());
  let underWay: Promise<Ended<T, R>> | undefined;
  let waiting = false;

  const open = () => stillOpen(last, now());
  const note = (sent: Sent<T> | undefined) => {
    last = sent;
    kept.write(sent?.open ? sent : undefined);
  };
  const post = async (intent: Intent<T>, earlier: boolean): Promise<Ended<T, R>> => {
    const before = last?.key === intent.key ? last : undefined;
    const sent = { ...intent, at: before?.at ?? now(), open: true };
    note(sent);
    const reply = await send(sent.body, sent.key);
    note(answered(sent, reply, before?.open ?? false));
    return { body: sent.body, reply, earlier };
  };
  const inTurn = async (body: T): Promise<Ended<T, R>> => {
    const old = open();
    if (old && !isSame(old.body, body)) {
      const ended = await post(old, true);
      if (ended.reply.kind === "ok" || open()) return ended;
    }
    return post(keyFor(body, last, fresh), false);
  };
  const run = async (go: () => Promise<Ended<T, R>>) => {
    if (underWay) {
      if (waiting) return undefined;
      waiting = true;
      const { reply } = await underWay;
      waiting = false;
      if (reply.kind === "ok") return undefined;
    }
    underWay = go();
    try {
      return await underWay;
    } finally {
      underWay = undefined;
    }
  };
  return {
    open,
    book: (body) =>
      underWay && isSame(last?.body, body) ? Promise.resolve(undefined) : run(() => inTurn(body)),
    findOut: async () => {
      // What is on its way already tells soon enough.
      await underWay;
      const old = open();
      return old && run(() => post(old, true));
    },
    forget: () => {
      if (!underWay) note(undefined);
    },
  };
}

/** What is left to remember of a request after an answer. One whose key is another's takes a new one. */
function answered<T>(sent: Sent<T>, reply: Reply<unknown>, wasOpen: boolean): Sent<T> | undefined {
  if (reply.kind === "ok") return undefined;
  if (reply.kind === "problem" && reply.problem.type.endsWith("/idempotency-key-reused")) return undefined;
  return { ...sent, open: !settles(reply, wasOpen) };
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
