import { expect, test } from "@playwright/test";
import { type Answer, type Body, LOST, NINE, refused, Server, settled, TAKEN } from "./fake-server";
import { keyFor, makeDesk, type Unsettled } from "./intent";

type Send = (body: Body, key: string) => Promise<Answer>;
type Book = (body: Body) => Promise<{ reply: Answer; earlier?: boolean } | undefined>;
type Kept = { stored: Unsettled<Body> | undefined };
/** What a page books with, however often it is loaded again. */
type Maker = (send: Send, fresh: () => string, kept: Kept) => Book;

const withDesk: Maker = (send, fresh, kept) =>
  makeDesk<Body, Body>({
    send,
    fresh,
    kept: {
      read: () => kept.stored,
      write: (unsettled) => {
        kept.stored = unsettled;
      },
    },
  }).book;

const withoutMemory: Maker = (send, fresh) => withDesk(send, fresh, { stored: undefined });

/** A changed wish just gets a fresh key. */
const careless: Maker = (send, fresh) => {
  let last: Parameters<typeof keyFor<Body>>[1];
  return async (body) => {
    last = keyFor(body, last, fresh);
    return { reply: await send(last.body, last.key) };
  };
};

type Message = {
  readonly body: Body;
  readonly key: string;
  readonly hear: (answer: Answer) => void;
  /** On its way; there, with an answer on its way back; or neither. */
  answer: Answer | undefined;
  gone: boolean;
  deaf: boolean;
};

/** A guest, others who take times, and a way to the server on which everything that can go wrong does. */
class Wild {
  readonly server = new Server();
  readonly shown: Body[] = [];
  earlier = 0;
  /** How often the guest set out to book something. */
  wanted = 0;
  #isWanting = false;
  #wish = NINE;
  #book: Book;
  #keys = 0;
  #messages: Message[] = [];
  readonly #taken = new Set<string>();
  readonly #kept: Kept = { stored: undefined };

  constructor(
    readonly make: Maker,
    readonly chance: (below: number) => number,
  ) {
    this.#book = this.#load();
  }

  #load(): Book {
    return this.make(this.#send, () => `key-${++this.#keys}`, this.#kept);
  }

  readonly #send = (body: Body, key: string) =>
    new Promise<Answer>((hear) => {
      this.#messages.push({ body, key, hear, answer: undefined, gone: false, deaf: false });
    });

  readonly #acts: readonly (() => void)[] = [
    () => this.#click(),
    () => this.#click(),
    () => this.#change(),
    () => this.#reload(),
    () => this.#others(),
    () => this.#deliver(this.#one(isComing)),
    () => this.#deliver(this.#one(isComing)),
    () => this.#hear(this.#one(isAnswered)),
    () => this.#lose(this.#one(({ deaf }) => !deaf)),
    () => this.#drop(this.#one(isComing)),
  ];

  async live(steps: number): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      this.#acts[this.chance(this.#acts.length)]?.();
      await settled();
    }
    await this.#calm();
  }

  /** All that was late arrives; if the guest still waits, one more click is enough. */
  async #calm(): Promise<void> {
    this.#taken.clear();
    await this.#flow();
    if (this.#isWanting) this.#click();
    await this.#flow();
  }

  async #flow(): Promise<void> {
    for (;;) {
      const [message] = this.#messages.filter((one) => isComing(one) || isAnswered(one));
      if (!message) return;
      if (isComing(message)) message.answer = this.server.book(message.body, message.key);
      this.#hear(message);
      await settled();
    }
  }

  #click(): void {
    if (!this.#isWanting) this.wanted += 1;
    this.#isWanting = true;
    void this.#book(this.#wish).then((ended) => {
      if (ended?.reply.kind !== "ok") return;
      this.shown.push(ended.reply.value);
      if (ended.earlier) this.earlier += 1;
      this.#isWanting = false;
    });
  }

  #change(): void {
    const start = `${9 + this.chance(3)}:00`;
    this.#wish = { start, note: "abc".charAt(this.chance(3)) };
  }

  #reload(): void {
    for (const message of this.#messages) message.deaf = true;
    this.#book = this.#load();
  }

  #others(): void {
    const start = `${9 + this.chance(3)}:00`;
    if (!this.#taken.delete(start)) this.#taken.add(start);
  }

  #deliver(message: Message | undefined): void {
    if (!message) return;
    const { body, key } = message;
    const luck = this.chance(12);
    if (luck === 0) message.answer = refused(429, "too-many-requests");
    else if (luck === 1) message.answer = refused(500, "failed");
    else message.answer = this.server.book(body, key, this.#taken.has(body.start) ? TAKEN : undefined);
    if (luck === 2) message.answer = refused(503, "unavailable");
  }

  #hear(message: Message | undefined): void {
    if (!message?.answer) return;
    if (!message.deaf) message.hear(message.answer);
    message.deaf = true;
    message.gone = true;
  }

  /** The page waits no longer; the request may arrive all the same. */
  #lose(message: Message | undefined): void {
    message?.hear(LOST);
    if (message) message.deaf = true;
  }

  #drop(message: Message | undefined): void {
    if (!message) return;
    if (!message.deaf) message.hear(LOST);
    message.deaf = true;
    message.gone = true;
  }

  #one(which: (message: Message) => boolean): Message | undefined {
    const all = this.#messages.filter(which);
    return all[this.chance(all.length)];
  }
}

function isComing({ answer, gone }: Message): boolean {
  return answer === undefined && !gone;
}

function isAnswered({ answer, gone }: Message): boolean {
  return answer !== undefined && !gone;
}

/** Whole numbers below another, the same for the same seed. */
function chanceOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const WORLDS = 1000;

async function worlds(make: Maker): Promise<readonly Wild[]> {
  const all: Wild[] = [];
  for (let seed = 1; seed <= WORLDS; seed += 1) {
    const world = new Wild(make, chanceOf(seed));
    await world.live(20 + (seed % 40));
    all.push(world);
  }
  return all;
}

function twice(all: readonly Wild[]): number {
  return all.filter(({ server, wanted }) => server.bookings.size > wanted).length;
}

test.describe(`in ${WORLDS} worlds of lost, late and changed requests, and pages loaded again`, () => {
  test("each wish comes to one booking, and that is the one that is shown", async () => {
    const all = await worlds(withDesk);
    for (const [place, { server, shown, wanted }] of all.entries()) {
      expect([...server.bookings.values()], `seed ${place + 1}`).toEqual(shown);
      expect(shown.length, `seed ${place + 1}`).toBe(wanted);
    }
    const found = all.reduce((sum, { earlier }) => sum + earlier, 0);
    expect(found, "wishes from before that were found to be booked").toBeGreaterThan(WORLDS / 10);
    expect(Math.max(...all.map(({ wanted }) => wanted))).toBeGreaterThan(2);
  });

  test("a desk that forgets what it sent when it is loaded again books twice", async () => {
    expect(twice(await worlds(withoutMemory))).toBeGreaterThan(WORLDS / 100);
  });

  test("a fresh key for each change books twice", async () => {
    expect(twice(await worlds(careless))).toBeGreaterThan(WORLDS / 10);
  });
});
