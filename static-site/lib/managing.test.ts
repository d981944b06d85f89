import { expect, test } from "@playwright/test";
import type { Problem } from "./api";
import type { Managed } from "./manage-api";
import {
  type Act,
  after,
  begin,
  type Change,
  isPresent,
  type Managing,
  roomOf,
  standingOf,
} from "./managing";
import { epoch } from "./plain-date";

const MONDAY = "2026-11-23T14:30:00+00:00";
const TUESDAY = "2026-11-24T09:00:00+00:00";

test.describe("reading", () => {
  test("the first answer turns the page to the zone of the booking", () => {
    expect(walk({ kind: "read", managed: booked() })).toMatchObject({ zone: "Europe/London", step: "show" });
  });

  test("the same again changes nothing that is seen", () => {
    const asking = walk(READ, { kind: "chosen", slot: TUESDAY });
    const again = after(asking, { kind: "read", managed: booked() });
    expect(again).toMatchObject({ asking: "move", slot: TUESDAY });
    expect(again.surprise).toBeUndefined();
  });

  test("another one closes the dialog that asked about the old one, and says so", () => {
    const moved = booked({ revision: 1, start: TUESDAY });
    const seen = after(walk(READ, { kind: "cancelling" }), { kind: "read", managed: moved });
    expect(seen).toMatchObject({ asking: undefined, managed: moved, surprise: moved });
    expect(after(seen, { kind: "read", managed: booked({ revision: 1 }) }).surprise).toBe(moved);
  });

  test("an answer that is older than what is known, or crosses a change, is old news", () => {
    const known = walk({ kind: "read", managed: booked({ revision: 2 }) });
    expect(after(known, { kind: "read", managed: booked({ revision: 1 }) })).toBe(known);
    const sending = after(known, { kind: "sent", intent: { key: "key-1", body: MOVE } });
    expect(after(sending, { kind: "read", managed: booked({ revision: 3 }) })).toBe(sending);
  });
});

test.describe("changing", () => {
  test("a time that is chosen asks for the last word, and Back takes it back", () => {
    const asking = walk(READ, { kind: "chosen", slot: TUESDAY });
    expect(asking).toMatchObject({
      asking: "move",
      slot: TUESDAY,
      date: "2026-11-24",
      focused: "2026-11-24",
    });
    expect(after(asking, { kind: "closed" })).toMatchObject({ asking: undefined, slot: TUESDAY });
  });

  test("a move tells from where, and leaves nothing to send again", () => {
    const moved = changed(MOVE, booked({ revision: 1, start: TUESDAY }));
    expect(moved).toMatchObject({ step: "show", done: { kind: "moved", from: MONDAY }, sending: false });
    expect([moved.asking, moved.intent, moved.surprise, moved.slot]).toEqual(Array(4).fill(undefined));
  });

  test("a tab that lagged behind does not tell from where", () => {
    const moved = changed(MOVE, booked({ revision: 4, start: TUESDAY }));
    expect(moved.done).toEqual({ kind: "moved", from: undefined });
  });

  test("a move that was overtaken is no success", () => {
    const elsewhere = booked({ revision: 3, start: "2026-11-26T09:00:00+00:00" });
    expect(changed(MOVE, elsewhere)).toMatchObject({ done: undefined, surprise: elsewhere });
    const gone = booked({ revision: 3, start: TUESDAY, state: "cancelled" });
    expect(changed(MOVE, gone)).toMatchObject({ done: undefined, surprise: gone });
  });

  test("a booking that the host had cancelled before is not cancelled by the guest", () => {
    const cancelled = (by: "attendee" | "host") =>
      booked({ revision: 1, state: "cancelled", cancelled: { by, at: MONDAY } });
    expect(changed(CANCEL, cancelled("attendee")).done).toEqual({ kind: "cancelled" });
    expect(changed(CANCEL, cancelled("host"))).toMatchObject({
      done: undefined,
      surprise: cancelled("host"),
    });
  });

  test("a reason is kept until it has arrived", () => {
    const typed = walk(READ, { kind: "cancelling" }, { kind: "reasoned", reason: "Ill." });
    const sent = after(typed, { kind: "sent", intent: { key: "key-1", body: CANCEL } });
    expect(after(sent, { kind: "troubled", trouble: { kind: "unreachable" } }).reason).toBe("Ill.");
    const cancelled = booked({ revision: 1, state: "cancelled", cancelled: { by: "attendee", at: MONDAY } });
    expect(after(sent, { kind: "changed", managed: cancelled }).reason).toBe("");
  });
});

test.describe("what does not work", () => {
  const sent = () =>
    walk(READ, { kind: "chosen", slot: TUESDAY }, { kind: "sent", intent: { key: "key-1", body: MOVE } });

  for (const [status, name] of [
    [429, "too-many-requests"],
    [500, "failed"],
    [503, "busy"],
  ] as const) {
    test(`passes by itself, and keeps dialog and key: ${name}`, () => {
      const troubled = after(sent(), { kind: "troubled", trouble: problem(status, name) });
      expect(troubled).toMatchObject({ asking: "move", sending: false, intent: { key: "key-1" } });
    });
  }

  for (const [status, name] of [
    [404, "booking-unknown"],
    [409, "slot-taken"],
    [422, "not-offered"],
    [422, "too-late"],
  ] as const) {
    test(`has to be seen outside of the dialog: ${name}`, () => {
      const trouble = problem(status, name);
      expect(after(sent(), { kind: "troubled", trouble })).toMatchObject({ asking: undefined, trouble });
    });
  }

  test("a key that was taken is given up", () => {
    const trouble = problem(422, "idempotency-key-reused");
    expect(after(sent(), { kind: "troubled", trouble }).intent).toBeUndefined();
  });

  test("going elsewhere leaves all of it behind", () => {
    const troubled = after(sent(), { kind: "troubled", trouble: { kind: "unreachable" } });
    const back = after(troubled, { kind: "went", place: { step: "show" } });
    expect(back).toMatchObject({ step: "show", asking: undefined, trouble: undefined, done: undefined });
  });
});

test("where a booking is in its life", () => {
  const closed = { cancel: false, reschedule: false, until: MONDAY };
  const at = (managed: Managed, now: string) => [
    standingOf(managed, epoch(now)),
    roomOf(managed, epoch(now)),
  ];
  const before = "2026-11-23T08:00:00+00:00";
  expect(at(booked(), before)).toEqual(["confirmed", "open"]);
  expect(at(booked({ state: "pending" }), before)).toEqual(["pending", "open"]);
  const fixed = { ...booked(), may: { ...booked().may, reschedule: false } };
  expect(at(fixed, before)).toEqual(["confirmed", "fixed"]);
  const late = { ...booked(), may: closed };
  expect(at(late, before)).toEqual(["confirmed", "late"]);
  expect(at(late, MONDAY)).toEqual(["begun", "none"]);
  expect(at(late, "2026-11-23T15:00:00+00:00")).toEqual(["over", "none"]);
  const over = { cancel: false, reschedule: false, until: null };
  expect(at({ ...booked({ state: "cancelled" }), may: over }, before)).toEqual(["cancelled", "none"]);
  expect(at({ ...booked({ state: "declined" }), may: over }, TUESDAY)).toEqual(["declined", "none"]);
});

test("where it stands is no place to move it to, for the same length", () => {
  expect(isPresent(booked(), "2026-11-23T20:15:00+05:45", 30)).toBe(true);
  expect(isPresent(booked(), MONDAY, 60)).toBe(false);
  expect(isPresent(booked(), TUESDAY, 30)).toBe(false);
});

const MOVE: Change = {
  kind: "move",
  body: { start: TUESDAY, duration_minutes: 30, time_zone: "Europe/London" },
};
const CANCEL: Change = { kind: "cancel", body: { reason: "Ill." } };
const READ: Act = { kind: "read", managed: booked() };

function walk(...acts: readonly Act[]): Managing {
  return acts.reduce(after, begin({ zone: "Etc/Unknown", hourCycle: "h23" }));
}

function changed(body: Change, managed: Managed): Managing {
  return walk(READ, { kind: "sent", intent: { key: "key-1", body } }, { kind: "changed", managed });
}

function booked(change: Partial<Managed["booking"]> = {}): Managed {
  const booking: Managed["booking"] = {
    id: "8c0e5bd2f6a94f0b9d1e7a3c5b2f4d60",
    revision: 0,
    state: "confirmed",
    meeting_type: { slug: "intro", title: "Introduction" },
    start: MONDAY,
    end: "2026-11-23T15:00:00+00:00",
    time_zone: "Europe/London",
    hosts: [{ id: "nora", name: "Nora" }],
    attendee: { name: "Ada", email: "ada@example.org" },
    guests: [],
    answers: {},
    location: { kind: "google_meet" },
    created_at: "2026-11-20T09:00:00+00:00",
  };
  return { booking: { ...booking, ...change }, may: { cancel: true, reschedule: true, until: MONDAY } };
}

function problem(status: number, name: string) {
  const body: Problem = { type: `/problems/${name}`, title: name, status, detail: "" };
  return { kind: "problem", problem: body } as const;
}
