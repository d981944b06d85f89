import { expect, test } from "@playwright/test";
import type { CreatedBooking, Problem } from "./api";
import {
  type Act,
  after,
  begin,
  type Journey,
  listed,
  nextFree,
  noErrors,
  refuses,
  type Trouble,
} from "./journey";
import { empty, merge } from "./listing";

const MONDAY = "2026-11-23T14:30:00+00:00";
const TUESDAY = "2026-11-24T09:00:00+00:00";

test.describe("the way forward", () => {
  test("choosing a time leads to the form, and its day stays chosen", () => {
    const journey = walk({ kind: "chosen", slot: MONDAY });
    expect(journey).toMatchObject({ step: "form", slot: MONDAY, date: "2026-11-23", focused: "2026-11-23" });
  });

  test("pointing at a time with the arrow keys goes nowhere", () => {
    expect(walk({ kind: "pointed", slot: MONDAY })).toMatchObject({ step: "choose", slot: MONDAY });
  });

  test("another day forgets the time, another length does not", () => {
    const chosen = walk({ kind: "pointed", slot: MONDAY });
    expect(after(chosen, { kind: "day", date: "2026-11-24" }).slot).toBeUndefined();
    expect(after(chosen, { kind: "duration", minutes: 60 }).slot).toBe(MONDAY);
  });

  test("what is complete asks for the last word; what is not says everything at once", () => {
    const errors = [{ field: "name" as const, message: "Write your name." }];
    const form = walk({ kind: "chosen", slot: MONDAY });
    expect(after(form, { kind: "checked", errors })).toMatchObject({
      asking: false,
      errors: { fields: errors },
    });
    expect(after(form, { kind: "checked", errors: [] })).toMatchObject({ asking: true, errors: noErrors });
  });
});

test.describe("another zone", () => {
  const kathmandu: Act = { kind: "zone", zone: "Asia/Kathmandu" };
  const late = "2026-11-30T22:30:00+00:00";

  test("reads the chosen time anew, on the day and in the month that it has there", () => {
    expect(walk({ kind: "chosen", slot: late }, kathmandu)).toMatchObject({
      zone: "Asia/Kathmandu",
      slot: "2026-12-01T04:15:00+05:45",
      date: "2026-12-01",
      focused: "2026-12-01",
    });
  });

  test("leaves a guest in the month that was paged to", () => {
    const paged = walk({ kind: "chosen", slot: late }, { kind: "looked", date: "2027-02-01" }, kathmandu);
    expect(paged.focused).toBe("2027-02-01");
  });

  test("reads the times that are offered instead anew too", () => {
    const taken = problem(409, "slot-taken", { alternatives: [MONDAY, late] });
    const journey = walk(...UNTIL_SENT, failed(taken), kathmandu);
    expect(journey.trouble).toMatchObject({
      problem: { alternatives: ["2026-11-23T20:15:00+05:45", "2026-12-01T04:15:00+05:45"] },
    });
  });

  test("holds for a time that the history kept from before it", () => {
    const place = { step: "form", slot: late, zone: "Europe/London" } as const;
    const back = walk({ kind: "chosen", slot: late }, { kind: "went", place: { step: "choose" } }, kathmandu);
    expect(after(back, { kind: "went", place })).toMatchObject({
      slot: "2026-12-01T04:15:00+05:45",
      date: "2026-12-01",
    });
    // In the same zone the server's own spelling stays, whatever an old browser makes of that zone.
    const odd = { step: "form", slot: "2026-11-30T23:30:00+01:00", zone: "Europe/London" } as const;
    expect(walk({ kind: "went", place: odd }).slot).toBe(odd.slot);
  });

  test("that only the server knows leaves the time as it was", () => {
    const journey = walk({ kind: "chosen", slot: MONDAY }, { kind: "zone", zone: "Mars/Olympus" });
    expect(journey).toMatchObject({ zone: "Mars/Olympus", slot: MONDAY });
  });
});

test.describe("an answer", () => {
  test("of success shows the booking, and leaves nothing to send again", () => {
    const journey = walk(...UNTIL_SENT, BOOKED);
    expect(journey).toMatchObject({ step: "booked", created: CREATED, asking: false, sending: false });
    expect([journey.slot, journey.draft]).toEqual([undefined, undefined]);
  });

  for (const trouble of [
    { kind: "unreachable" } as const,
    problem(429, "too-many-requests"),
    problem(500, "failed"),
    problem(503, "busy"),
  ]) {
    test(`that passes by itself keeps the dialog: ${nameOf(trouble)}`, () => {
      const journey = walk(...UNTIL_SENT, failed(trouble, true));
      expect(journey).toMatchObject({ asking: true, sending: false, trouble, open: true });
    });
  }

  for (const trouble of [problem(409, "slot-taken"), problem(422, "not-offered"), problem(422, "invalid")]) {
    test(`that wants a change goes back to the form, which keeps everything: ${nameOf(trouble)}`, () => {
      const journey = walk(...UNTIL_SENT, failed(trouble));
      expect(journey).toMatchObject({ step: "form", asking: false, sending: false, trouble, draft: DRAFT });
    });
  }

  test("after Back and another choice is no business of that other time's form", () => {
    const other: readonly Act[] = [
      { kind: "went", place: { step: "choose" } },
      { kind: "chosen", slot: TUESDAY },
      { kind: "checked", errors: [] },
    ];
    const taken = problem(409, "slot-taken", { alternatives: [] });
    const late = walk(...UNTIL_SENT, ...other, failed(taken));
    expect(late).toMatchObject({ step: "form", slot: TUESDAY, asking: true, errors: noErrors });
    expect(late.trouble).toBeUndefined();
    expect(late.missed).toEqual({ start: MONDAY, trouble: taken });
    const lost = walk(...UNTIL_SENT, ...other, failed({ kind: "unreachable" }, true));
    expect(lost).toMatchObject({ slot: TUESDAY, asking: true, trouble: undefined, missed: undefined });
  });

  test("does not end the sending of what is wanted instead", () => {
    const wanted = { ...BODY, start: TUESDAY };
    const journey = walk(
      ...UNTIL_SENT,
      { kind: "went", place: { step: "choose" } },
      { kind: "sent", body: wanted },
    );
    expect(after(journey, failed({ kind: "unreachable" }, true))).toMatchObject({ sending: true, wanted });
  });

  test("of success is shown wherever the guest has gone meanwhile", () => {
    const away = walk(
      ...UNTIL_SENT,
      { kind: "went", place: { step: "choose" } },
      { kind: "chosen", slot: TUESDAY },
    );
    expect(after(away, BOOKED)).toMatchObject({
      step: "booked",
      created: CREATED,
    });
  });

  test("that refuses what is no longer wanted is told until something else is sent or booked", () => {
    const taken = problem(409, "slot-taken");
    const late = walk(...UNTIL_SENT, { kind: "went", place: { step: "choose" } }, failed(taken));
    expect(late.missed).toEqual({ start: MONDAY, trouble: taken });
    expect(after(late, { kind: "sent", body: BODY }).missed).toBeUndefined();
    expect(after(late, BOOKED).missed).toBeUndefined();
  });
});

test.describe("Back and Forward", () => {
  test("back from the form keeps the time and what was typed", () => {
    const journey = walk(...UNTIL_SENT, { kind: "went", place: { step: "choose" } });
    expect(journey).toMatchObject({ step: "choose", slot: MONDAY, draft: DRAFT, asking: false });
  });

  test("back from a booking shows the times and no filled form", () => {
    const journey = walk(...UNTIL_SENT, BOOKED, { kind: "went", place: { step: "choose" } });
    expect(journey).toMatchObject({ step: "choose", created: CREATED });
    expect(journey.draft).toBeUndefined();
  });

  test("forward to a booking, or a reload of it, shows it again", () => {
    const journey = walk({ kind: "went", place: { step: "booked", created: CREATED } });
    expect(journey).toMatchObject({ step: "booked", created: CREATED });
  });
});

test.describe("what is listed", () => {
  const days = [
    { date: "2026-11-23", slots: [MONDAY] },
    { date: "2026-11-24", slots: [TUESDAY] },
  ];
  const reply = { time_zone: "Europe/London", duration_minutes: 30, days, next_available: null };
  const listing = merge(empty, "2026-11-22", "2026-11-30", reply);

  test("a slot is found by its instant, however its offset is written", () => {
    expect(listed(listing, "2026-11-23T20:15:00+05:45")).toBe(MONDAY);
    expect(listed(listing, "2026-11-23T14:30:00+05:45")).toBeUndefined();
  });

  test("the next free time is the next day's first, else what lies past the list, else the first of all", () => {
    expect(nextFree(listing, "2026-11-23")).toBe(TUESDAY);
    expect(nextFree({ ...listing, next: "2027-03-02T14:30:00+00:00" }, "2026-11-24")).toBe(
      "2027-03-02T14:30:00+00:00",
    );
    expect(nextFree(listing, "2026-11-24")).toBe(MONDAY);
    expect(nextFree(empty, "2026-11-24")).toBeUndefined();
  });
});

test("a refusal names the part of the question that it means", () => {
  const errors = [{ pointer: "time_zone", code: "unknown_time_zone", detail: "must be an IANA time zone" }];
  const trouble = problem(422, "invalid", { errors });
  expect(refuses(trouble, "time_zone")).toBe(true);
  expect(refuses(trouble, "host")).toBe(false);
  expect(refuses(problem(422, "not-offered", { errors }), "time_zone")).toBe(false);
  expect(refuses({ kind: "unreachable" }, "time_zone")).toBe(false);
});

const DRAFT = { name: "Ada", email: "ada@example.org", phone: "", guests: "", note: "", answers: {} };
const BODY = {
  meeting_type: "intro",
  start: MONDAY,
  time_zone: "Europe/London",
  attendee: { name: "Ada", email: "ada@example.org" },
};
// Only its identity matters here.
const CREATED = { manage_url: "https://book.example.org/manage/#1" } as CreatedBooking;
const UNTIL_SENT: readonly Act[] = [
  { kind: "chosen", slot: MONDAY },
  { kind: "typed", draft: DRAFT },
  { kind: "checked", errors: [] },
  { kind: "sent", body: BODY },
];
const BOOKED: Act = { kind: "booked", created: CREATED, earlier: false };

/** An answer to what was sent, and whether it leaves open what became of something. */
function failed(trouble: Trouble, open = false): Act {
  return { kind: "troubled", body: BODY, trouble, errors: noErrors, open };
}

function walk(...acts: readonly Act[]): Journey {
  return acts.reduce(after, begin({ zone: "Europe/London", hourCycle: "h23" }));
}

function problem(status: number, name: string, more: Partial<Problem> = {}): Trouble {
  return {
    kind: "problem",
    problem: { type: `/problems/${name}`, title: name, status, detail: name, ...more },
  };
}

function nameOf(trouble: Trouble): string {
  return trouble.kind === "problem" ? trouble.problem.title : trouble.kind;
}
