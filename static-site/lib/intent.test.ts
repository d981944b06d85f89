import { expect, test } from "@playwright/test";
import {
  type Answer,
  type Body,
  booked,
  LOST,
  NINE,
  NINE_WITH_NOTE,
  refused,
  Server,
  settled,
  TAKEN,
  TEN,
} from "./fake-server";
import { type Desk, keyFor, makeDesk, type Unsettled } from "./intent";

test("a change that is sent again keeps its key and another one gets a fresh one", () => {
  let made = 0;
  const fresh = () => `key-${++made}`;
  const first = keyFor({ start: "9:00", attendee: { name: "Ada" } }, undefined, fresh);
  expect(first.key).toBe("key-1");
  expect(keyFor({ start: "9:00", attendee: { name: "Ada" } }, first, fresh)).toBe(first);
  expect(keyFor({ start: "9:00", attendee: { name: "Bob" } }, first, fresh).key).toBe("key-2");
  expect(keyFor({ start: "9:00", attendee: { name: "Ada" } }, undefined, fresh).key).toBe("key-3");
});

type Fate = "answer lost" | "never arrives" | { held: Promise<Fate | undefined> } | Answer;

/** A server, the way to it, and what the tab keeps. */
class World {
  readonly server = new Server();
  readonly seen: [body: string, key: string][] = [];
  /** What becomes of the next requests; the others go well. */
  fate: (Fate | undefined)[];
  stored: string | undefined;
  #keys = 0;

  constructor(...fate: (Fate | undefined)[]) {
    this.fate = fate;
  }

  /** A page, or the same one loaded again. */
  page(keeps = true): Desk<Body, Body> {
    return makeDesk<Body, Body>({
      send: this.send,
      fresh: () => `key-${++this.#keys}`,
      kept: {
        read: () => (this.stored ? (JSON.parse(this.stored) as Unsettled<Body>) : undefined),
        write: (unsettled) => {
          if (keeps) this.stored = unsettled && JSON.stringify(unsettled);
        },
      },
    });
  }

  readonly send = async (body: Body, key: string): Promise<Answer> => {
    this.seen.push([body.start + body.note, key]);
    return this.#meets(this.fate.shift(), body, key);
  };

  async #meets(fate: Fate | undefined, body: Body, key: string): Promise<Answer> {
    if (fate === "never arrives") return LOST;
    if (typeof fate === "object" && "held" in fate) return this.#meets(await fate.held, body, key);
    if (typeof fate === "object" && isBlind(fate)) return fate;
    const answer = this.server.book(body, key, typeof fate === "object" ? fate : undefined);
    return fate === "answer lost" ? LOST : answer;
  }
}

/** Answers that are given without a look at what stands under the key. */
function isBlind(answer: Answer): boolean {
  return answer.kind !== "problem" || [408, 425, 429, 500, 502].includes(answer.problem.status);
}

test.describe("a wish whose answer is lost", () => {
  for (const [name, other] of Object.entries({ "another note": NINE_WITH_NOTE, "another time": TEN })) {
    test(`and that was booked is found and shown, whatever is wished then: ${name}`, async () => {
      const world = new World("answer lost");
      const desk = world.page();
      expect(await desk.book(NINE)).toEqual({ reply: LOST, earlier: false, open: true });
      expect(await desk.book(other)).toEqual({ reply: booked(NINE), earlier: true, open: false });
      expect([...world.server.bookings.values()]).toEqual([NINE]);
      expect(world.stored).toBeUndefined();
    });

    test(`and that never arrived gives way to what is wished then: ${name}`, async () => {
      const world = new World("never arrives");
      const desk = world.page();
      await desk.book(NINE);
      expect(await desk.book(other)).toEqual({ reply: booked(other), earlier: false, open: false });
      expect([...world.server.bookings.values()]).toEqual([other]);
      expect(world.stored).toBeUndefined();
    });
  }

  test("is known to the page that is loaded again", async () => {
    const world = new World("answer lost");
    await world.page().book(NINE);
    expect(await world.page().book(TEN)).toMatchObject({ reply: booked(NINE), earlier: true });
    expect(world.server.bookings.size).toBe(1);
  });

  test("would be booked beside another by a page that keeps nothing", async () => {
    const world = new World("answer lost");
    await world.page(false).book(NINE);
    await world.page(false).book(TEN);
    expect(world.server.bookings.size).toBe(2);
  });

  test("is known while it is still on its way, to a page that is loaded again just then", async () => {
    const world = new World();
    void world.page().book(NINE);
    expect(await world.page().book(TEN)).toMatchObject({ reply: booked(NINE), earlier: true });
    expect(world.server.bookings.size).toBe(1);
  });

  test("is shown as what was meant if it is wished again after all", async () => {
    const world = new World("answer lost", "never arrives");
    const desk = world.page();
    for (const body of [NINE, TEN]) await desk.book(body);
    expect(await desk.book(NINE)).toEqual({ reply: booked(NINE), earlier: false, open: false });
  });

  test("is looked for among all, the newest first", async () => {
    const world = new World("answer lost", "never arrives", "never arrives");
    const desk = world.page();
    for (const body of [NINE, NINE_WITH_NOTE, TEN]) await desk.book(body);
    const last = await desk.book({ ...TEN, note: "Or eleven." });
    expect(last).toEqual({ reply: booked(NINE), earlier: true, open: false });
    expect(world.seen.slice(-4).map(([body]) => body)).toEqual([
      "10:00Or eleven.",
      "10:00",
      "9:00And tea.",
      "9:00",
    ]);
    expect(new Set(world.seen.map(([, key]) => key)).size).toBe(1);
  });

  for (const [name, trouble] of Object.entries({
    "no answer": LOST,
    "a breakdown": refused(500, "failed"),
    "a limit": refused(429, "too-many-requests"),
  })) {
    test(`is looked for again at the next wish if ${name} came between`, async () => {
      const world = new World("answer lost", undefined, trouble);
      const desk = world.page();
      await desk.book(NINE);
      expect(await desk.book(TEN)).toEqual({ reply: trouble, earlier: false, open: true });
      expect(await world.page().book(TEN)).toMatchObject({ reply: booked(NINE), earlier: true });
      expect(world.server.bookings.size).toBe(1);
    });
  }

  test("that is nowhere to be found leaves the next wish free", async () => {
    const world = new World();
    const desk = world.page();
    world.stored = JSON.stringify({ key: "key-of-another-tab", bodies: [NINE] });
    world.server.bookings.set("key-of-another-tab", NINE_WITH_NOTE);
    const other = world.page();
    expect(await other.book(TEN)).toMatchObject({
      reply: refused(422, "idempotency-key-reused"),
      open: false,
    });
    expect(world.stored).toBeUndefined();
    expect(await other.book(TEN)).toMatchObject({ reply: booked(TEN) });
    expect(await desk.book(TEN)).toMatchObject({ reply: booked(TEN) });
  });
});

test.describe("a refusal", () => {
  for (const [status, name] of [
    [404, "meeting-type-unknown"],
    [409, "slot-taken"],
    [422, "not-offered"],
    [429, "too-many-requests"],
    [503, "busy"],
  ] as const) {
    test(`leaves nothing to find out, and the key as it is: ${name}`, async () => {
      const world = new World(refused(status, name));
      const desk = world.page();
      expect(await desk.book(NINE)).toEqual({ reply: refused(status, name), earlier: false, open: false });
      expect(world.stored).toBeUndefined();
      await desk.book(TEN);
      expect(world.seen).toEqual([
        ["9:00", "key-1"],
        ["10:00", "key-1"],
      ]);
    });

    test(`says nothing of an earlier sending, which may still arrive: ${name}`, async () => {
      const late = gate<Fate | undefined>();
      const world = new World({ held: late.passed }, refused(status, name));
      void world.page().book(NINE);
      const desk = world.page();
      expect(await desk.book(NINE)).toMatchObject({ open: true });
      late.open(undefined);
      await settled();
      expect(await desk.book(TEN)).toEqual({ reply: booked(NINE), earlier: true, open: false });
      expect(world.server.bookings.size).toBe(1);
    });
  }

  for (const status of [408, 425, 500, 502]) {
    test(`that is none leaves it open: ${status}`, async () => {
      const world = new World(refused(status, "failed"));
      const desk = world.page();
      expect(await desk.book(NINE)).toMatchObject({ open: true });
      expect(JSON.parse(world.stored ?? "")).toEqual({ key: "key-1", bodies: [NINE] });
    });
  }
});

test.describe("what is wished while another is on its way", () => {
  test("is not sent twice if it is the same", async () => {
    const world = new World();
    const desk = world.page();
    const [first, second] = [desk.book(NINE), desk.book({ ...NINE })];
    expect([(await first)?.reply.kind, await second]).toEqual(["ok", undefined]);
    expect(world.seen).toHaveLength(1);
  });

  test("is told by the answer that comes first, and by no other", async () => {
    const late = gate<Fate | undefined>();
    const world = new World({ held: late.passed });
    const desk = world.page();
    const [nine, ten] = [desk.book(NINE), desk.book(TEN)];
    expect(await ten).toEqual({ reply: booked(TEN), earlier: false, open: false });
    late.open(undefined);
    expect(await nine).toBeUndefined();
    expect(world.server.bookings.size).toBe(1);
  });

  test("goes its way if the other is refused", async () => {
    const late = gate<Fate | undefined>();
    const world = new World(TAKEN, { held: late.passed });
    const desk = world.page();
    const [nine, ten] = [desk.book(NINE), desk.book(TEN)];
    expect(await nine).toMatchObject({ reply: TAKEN, open: true });
    late.open(undefined);
    expect(await ten).toMatchObject({ reply: booked(TEN), earlier: false });
  });

  test("after a booking is a booking of its own, also if it was on its way before", async () => {
    const late = gate<Fate | undefined>();
    const world = new World({ held: late.passed });
    const desk = world.page();
    const nine = desk.book(NINE);
    await desk.book(TEN);
    expect(await desk.book(NINE)).toMatchObject({ reply: booked(NINE), earlier: false });
    late.open(undefined);
    expect(await nine).toBeUndefined();
    expect([...world.server.bookings]).toEqual([
      ["key-1", TEN],
      ["key-2", NINE],
    ]);
  });
});

type Gate<T> = { readonly passed: Promise<T>; readonly open: (value: T) => void };

function gate<T>(): Gate<T> {
  let open: (value: T) => void = () => undefined;
  const passed = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}
