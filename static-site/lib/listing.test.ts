import { expect, test } from "@playwright/test";
import type { Slots } from "./api";
import * as listing from "./listing";

function slots(byDate: Record<string, readonly string[]>, next: string | null = null): Slots {
  const days = Object.entries(byDate).map(([date, times]) => ({
    date,
    slots: times.map((time) => `${date}T${time}:00+00:00`),
  }));
  return { time_zone: "Europe/London", duration_minutes: 30, days, next_available: next };
}

const first = listing.merge(
  listing.empty,
  "2026-11-22",
  "2027-02-21",
  slots({ "2026-11-24": ["09:00", "14:30"], "2026-11-23": ["10:00"] }, "2026-11-23T10:00:00+00:00"),
);

test("nothing is known at first", () => {
  expect(listing.freeDates(listing.empty)).toEqual([]);
  expect(listing.covers(listing.empty, "2026-11-23")).toBe(false);
  expect(listing.firstFree(listing.empty)).toBeUndefined();
  expect(listing.nextChunk(listing.empty, undefined)).toBeUndefined();
});

test("what was asked for is known, free or not", () => {
  expect(listing.freeDates(first)).toEqual(["2026-11-23", "2026-11-24"]);
  expect(listing.slotsOn(first, "2026-11-24")).toEqual([
    "2026-11-24T09:00:00+00:00",
    "2026-11-24T14:30:00+00:00",
  ]);
  expect(listing.slotsOn(first, "2026-11-25")).toEqual([]);
  expect(["2026-11-22", "2026-12-25", "2027-02-21"].every((date) => listing.covers(first, date))).toBe(true);
  expect(["2026-11-21", "2027-02-22"].some((date) => listing.covers(first, date))).toBe(false);
  expect(listing.firstFree(first)).toBe("2026-11-23T10:00:00+00:00");
});

test("a newer answer replaces the older one for its dates only", () => {
  const newer = listing.merge(first, "2026-11-24", "2026-11-30", slots({ "2026-11-26": ["09:00"] }));
  expect(listing.freeDates(newer)).toEqual(["2026-11-23", "2026-11-26"]);
  expect(newer.known).toEqual([{ from: "2026-11-22", to: "2027-02-21" }]);
  expect(listing.freeDates(first)).toEqual(["2026-11-23", "2026-11-24"]);
});

test("a date that comes in two groups keeps both", () => {
  const day = { date: "2026-11-24", slots: ["2026-11-24T00:15:00-03:00"] };
  const again = { date: "2026-11-24", slots: ["2026-11-24T23:45:00-04:00"] };
  const both = listing.merge(listing.empty, "2026-11-24", "2026-11-24", { ...slots({}), days: [day, again] });
  expect(listing.slotsOn(both, "2026-11-24")).toEqual([...day.slots, ...again.slots]);
});

test("chunks follow one another up to the end of the window", () => {
  expect(listing.nextChunk(first, undefined)).toEqual({ from: "2027-02-22", to: "2027-05-24" });
  expect(listing.nextChunk(first, "2027-03-01")).toEqual({ from: "2027-02-22", to: "2027-03-01" });
  expect(listing.nextChunk(first, "2027-02-21")).toBeUndefined();
  const second = listing.merge(first, "2027-02-22", "2027-05-24", slots({}));
  expect(second.known).toEqual([{ from: "2026-11-22", to: "2027-05-24" }]);
});

test("a jump ahead leaves a hole that is filled later", () => {
  expect(listing.chunkFor(first, "2026-12-25", undefined)).toBeUndefined();
  expect(listing.chunkFor(first, "2027-02-25", undefined)).toEqual({ from: "2027-02-22", to: "2027-05-24" });
  const jump = listing.chunkFor(first, "2027-08-16", undefined);
  expect(jump).toEqual({ from: "2027-08-01", to: "2027-10-31" });
  const ahead = listing.merge(first, "2027-08-01", "2027-10-31", slots({ "2027-08-16": ["09:00"] }));
  expect(listing.covers(ahead, "2027-06-01")).toBe(false);
  expect(listing.chunkFor(ahead, "2027-07-16", undefined)).toEqual({ from: "2027-07-01", to: "2027-07-31" });
});

test("where the list is empty the server's next time counts", () => {
  const next = "2027-04-06T09:00:00+01:00";
  const none = listing.merge(listing.empty, "2026-11-22", "2027-02-21", slots({}, next));
  expect(listing.firstFree(none)).toBe(next);
  const reloaded = listing.merge(none, "2026-11-22", "2026-11-30", slots({}, null));
  expect(listing.firstFree(reloaded)).toBe(next);
  expect(listing.firstFree(listing.merge(none, "2026-11-22", "2027-02-21", slots({})))).toBeUndefined();
});

test("bounds reach one day over, because the host's day is not the guest's", () => {
  const today = "2026-11-22";
  expect(listing.bounds({ window: { kind: "open" } }, today)).toEqual({ min: today, max: undefined });
  const rolling = listing.bounds({ window: { kind: "rolling", days: 60 } }, today);
  expect(rolling).toEqual({ min: today, max: "2027-01-22" });
  const fixed = (from: string, to: string) => listing.bounds({ window: { kind: "fixed", from, to } }, today);
  expect(fixed("2026-12-01", "2026-12-05")).toEqual({ min: "2026-11-30", max: "2026-12-06" });
  expect(fixed("2026-10-01", "2026-12-05")).toEqual({ min: today, max: "2026-12-06" });
  expect(fixed("2026-10-01", "2026-10-05")).toEqual({ min: today, max: today });
});

test("a day has up to three parts", () => {
  const at = (time: string) => `2026-11-24T${time}:00-08:00`;
  const day = ["00:00", "11:59", "12:00", "16:59", "17:00", "23:45"].map(at);
  expect(listing.byPartOfDay(day)).toEqual([
    { part: "morning", slots: [at("00:00"), at("11:59")] },
    { part: "afternoon", slots: [at("12:00"), at("16:59")] },
    { part: "evening", slots: [at("17:00"), at("23:45")] },
  ]);
  expect(listing.byPartOfDay([at("14:30")])).toEqual([{ part: "afternoon", slots: [at("14:30")] }]);
  expect(listing.byPartOfDay([])).toEqual([]);
});

test("what has passed is no longer offered, and nothing else changes", () => {
  const at = (instant: string) => Date.parse(instant);
  const monday = listing.ahead(first, "2026-11-23", at("2026-11-23T10:00:00Z"));
  expect(listing.freeDates(monday)).toEqual(["2026-11-24"]);
  expect(listing.covers(monday, "2026-11-23")).toBe(true);
  const tuesday = listing.ahead(first, "2026-11-24", at("2026-11-24T09:00:00Z"));
  expect(listing.slotsOn(tuesday, "2026-11-24")).toEqual(["2026-11-24T14:30:00+00:00"]);
  expect(listing.ahead(first, "2026-11-23", at("2026-11-23T09:59:00Z"))).toBe(first);
});

test("a date out of bounds stands at the nearest end", () => {
  const bounds = { min: "2026-12-10", max: "2026-12-20" };
  expect(listing.clamp("2026-11-23", bounds)).toBe("2026-12-10");
  expect(listing.clamp("2026-12-15", bounds)).toBe("2026-12-15");
  expect(listing.clamp("2027-11-23", bounds)).toBe("2026-12-20");
  expect(listing.clamp("2027-11-23", { ...bounds, max: undefined })).toBe("2027-11-23");
  expect(listing.isWithin("2026-12-20", bounds)).toBe(true);
  expect(listing.isWithin("2026-12-21", bounds)).toBe(false);
});
