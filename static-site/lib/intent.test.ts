import { expect, test } from "@playwright/test";
import type { Problem, Reply } from "./api";
import { type Desk, keyFor, makeDesk, type Sent } from "./intent";

test("the same request keeps its key and a changed one gets another", () => {
  let made = 0;
  const fresh = () => `key-${++made}`;
  const first = keyFor({ start: "9:00", attendee: { name: "Ada" } }, undefined, fresh);
  expect(first.key).toBe("key-1");
  expect(keyFor({ start: "9:00", attendee: { name: "Ada" } }, first, fresh)).toBe(first);
  expect(keyFor({ start: "9:00", attendee: { name: "Bob" } }, first, fresh).key).toBe("key-2");
  expect(keyFor({ start: "9:00", attendee: { name: "Ada" } }, undefined, fresh).key).toBe("key-3");
});

const NINE = { start: "9:00", note: "" };
const NINE_WITH_NOTE = { start: "9:00", note: "And tea." };
const TEN = { start: "10:00", note: "" };
type Body = typeof NINE;
type Answer = Reply<string>;

const LOST: Answer = { kind: "unreachable" };

/** Books under a key once, as the contract says, and may lose its answers on the way. */
class Server {
  readonly bookings = new Map<string, Body>();
  readonly seen: [string, string][] = [];
  /** What becomes of the next requests; the others go well. */
  fate: ("lost" | "never arrives" | Answer)[] = [];

  readonly send = async (body: Body, key: string): Promise<Answer> => {
    this.seen.push([body.start + body.note, key]);
    const fate = this.fate.shift();
    if (fate === "never arrives") return LOST;
    if (typeof fate === "object") return fate;
    const answer = this.#book(body, key);
    return fate === "lost" ? LOST : answer;
  };

  #book(body: Body, key: string): Answer {
    const made = this.bookings.get(key);
    if (made && JSON.stringify(made) !== JSON.stringify(body)) return refused(422, "idempotency-key-reused");
    this.bookings.set(key, body);
    return { kind: "ok", value: body.start };
  }
}

function refused(status: number, name: string): Answer {
  const problem: Problem = { type: `/problems/${name}`, title: "", status, detail: "" };
  return { kind: "problem", problem };
}

class World {
  readonly server = new Server();
  nowMs = 1_000;
  stored: string | undefined;
  #keys = 0;

  /** A page, or the same one loaded again. */
  page(kept = true): Desk<Body, string> {
    return makeDesk<Body, string>({
      send: this.server.send,
      fresh: () => `key-${++this.#keys}`,
      now: () => this.nowMs,
      kept: {
        read: () => (this.stored ? (JSON.parse(this.stored) as Sent<Body>) : undefined),
        write: (sent) => {
          if (kept) this.stored = sent && JSON.stringify(sent);
        },
      },
    });
  }

  /** What was done before there was a desk: a changed request just gets a fresh key. */
  careless() {
    let last: { body: Body; key: string } | undefined;
    return async (body: Body) => {
      last = keyFor(body, last, () => `key-${++this.#keys}`);
      return this.server.send(last.body, last.key);
    };
  }
}

test.describe("a request whose answer is lost", () => {
  for (const [name, other] of Object.entries({ "another note": NINE_WITH_NOTE, "another time": TEN })) {
    test(`is settled before one with ${name}, and nothing is booked twice`, async () => {
      const { server, ...world } = setUp("lost");
      const desk = world.page();
      await desk.book(NINE);
      expect(await desk.book(other)).toEqual({
        body: NINE,
        reply: { kind: "ok", value: "9:00" },
        earlier: true,
      });
      expect([...server.bookings.values()]).toEqual([NINE]);
      expect(desk.open()).toBeUndefined();
    });

    test(`would be booked twice without that: ${name}`, async () => {
      const { server, ...world } = setUp("lost");
      const book = world.careless();
      await book(NINE);
      await book(other);
      expect(server.bookings.size).toBe(2);
    });
  }

  test("is known to the page that is loaded again", async () => {
    const { server, ...world } = setUp("lost");
    await world.page().book(NINE);
    const again = world.page();
    expect(again.open()).toMatchObject({ body: NINE, key: "key-1" });
    expect(await again.book(TEN)).toMatchObject({ body: NINE, earlier: true });
    expect(server.bookings.size).toBe(1);
    expect(world.stored()).toBeUndefined();
  });

  test("would be booked twice by a page that keeps nothing", async () => {
    const { server, ...world } = setUp("lost");
    await world.page(false).book(NINE);
    await world.page(false).book(TEN);
    expect(server.bookings.size).toBe(2);
  });

  test("is known while it is still on its way, to a page that is loaded again just then", async () => {
    const { server, ...world } = setUp();
    void world.page().book(NINE);
    await world.page().book(TEN);
    expect(server.bookings.size).toBe(1);
  });

  test("keeps its key when it is sent once more", async () => {
    const { server, ...world } = setUp("lost", refused(500, "failed"));
    const desk = world.page();
    for (let time = 0; time < 3; time += 1) await desk.book(NINE);
    expect(server.seen.map(([, key]) => key)).toEqual(["key-1", "key-1", "key-1"]);
    expect(desk.open()).toBeUndefined();
  });

  test("stays open as long as nobody knows, and holds back what is wanted else", async () => {
    const { server, ...world } = setUp("lost", "never arrives", refused(503, "unavailable"));
    const desk = world.page();
    await desk.book(NINE);
    expect((await desk.book(TEN))?.reply).toEqual(LOST);
    expect(await desk.book(TEN)).toMatchObject({ body: NINE, earlier: true });
    expect(desk.open()?.body).toEqual(NINE);
    expect(server.seen.every(([body]) => body === "9:00")).toBe(true);
  });

  for (const [status, name] of [
    [409, "slot-taken"],
    [422, "not-offered"],
    [404, "meeting-type-unknown"],
  ] as const) {
    test(`gives way to what is wanted else once it is refused: ${name}`, async () => {
      const { server, ...world } = setUp("never arrives", refused(status, name));
      const desk = world.page();
      await desk.book(NINE);
      expect(await desk.book(TEN)).toMatchObject({ body: TEN, earlier: false, reply: { kind: "ok" } });
      expect([...server.bookings]).toEqual([["key-2", TEN]]);
    });
  }

  for (const [status, name] of [
    [429, "too-many-requests"],
    [503, "busy"],
  ] as const) {
    test(`is not settled by an answer that does not look for it: ${name}`, async () => {
      const { server, ...world } = setUp("lost", refused(status, name));
      const desk = world.page();
      await desk.book(NINE);
      await desk.book(TEN);
      expect(desk.open()?.body).toEqual(NINE);
      await desk.book(TEN);
      expect(server.bookings.size).toBe(1);
    });

    test(`was never open where the first answer was ${name}`, async () => {
      const { server, ...world } = setUp(refused(status, name));
      const desk = world.page();
      await desk.book(NINE);
      expect([desk.open(), world.stored()]).toEqual([undefined, undefined]);
      await desk.book(NINE);
      expect(server.seen.map(([, key]) => key)).toEqual(["key-1", "key-1"]);
    });
  }

  test("is found out when asked to, and can be let go", async () => {
    const { server, ...world } = setUp("lost", "lost");
    const desk = world.page();
    expect(await desk.findOut()).toBeUndefined();
    await desk.book(NINE);
    expect((await desk.findOut())?.reply).toEqual(LOST);
    expect(await desk.findOut()).toMatchObject({ body: NINE, reply: { kind: "ok" } });
    expect(server.bookings.size).toBe(1);

    server.fate = ["lost"];
    await desk.book(TEN);
    desk.forget();
    expect([desk.open(), world.stored()]).toEqual([undefined, undefined]);
  });

  test("is forgotten after a day, by the open page and by the one that is loaded again", async () => {
    const world = setUp("lost");
    const desk = world.page();
    await desk.book(NINE);
    world.later(24 * 60 * 60_000 - 1);
    expect(desk.open()).toBeDefined();
    world.later(1);
    expect(desk.open()).toBeUndefined();
    expect(world.page().open()).toBeUndefined();
    expect(await desk.book(TEN)).toMatchObject({ body: TEN, earlier: false });
  });
});

test.describe("what is asked for while a request is on its way", () => {
  test("is not sent twice if it is the same", async () => {
    const { server, ...world } = setUp();
    const desk = world.page();
    const [first, second] = [desk.book(NINE), desk.book({ ...NINE })];
    expect([(await first)?.reply.kind, await second]).toEqual(["ok", undefined]);
    expect(server.seen).toHaveLength(1);
  });

  test("is dropped if the first one comes to a booking", async () => {
    const { server, ...world } = setUp();
    const desk = world.page();
    const [first, second, third] = [desk.book(NINE), desk.book(TEN), desk.book(TEN)];
    expect([(await first)?.reply.kind, await second, await third]).toEqual(["ok", undefined, undefined]);
    expect(server.bookings.size).toBe(1);
  });

  test("is sent after it if that is refused, and after finding out if that is lost", async () => {
    for (const [fate, start] of [
      [refused(409, "slot-taken"), "10:00"],
      ["lost", "9:00"],
    ] as const) {
      const { server, ...world } = setUp(fate);
      const desk = world.page();
      const [, second] = [desk.book(NINE), desk.book(TEN)];
      expect((await second)?.reply).toEqual({ kind: "ok", value: start });
      expect(server.bookings.size).toBe(1);
    }
  });

  test("after a booking is a booking of its own", async () => {
    const { server, ...world } = setUp();
    const desk = world.page();
    await desk.book(NINE);
    await desk.book(NINE);
    expect([...server.bookings.keys()]).toEqual(["key-1", "key-2"]);
  });
});

function setUp(...fate: Server["fate"]) {
  const world = new World();
  world.server.fate = fate;
  return {
    server: world.server,
    page: (kept?: boolean) => world.page(kept),
    careless: () => world.careless(),
    stored: () => world.stored,
    later: (ms: number) => {
      world.nowMs += ms;
    },
  };
}
