import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures";
import { LOAD_FAILED, MEETING_TYPE, patchMeetingType, SLOTS } from "../support/replies";
import * as wall from "../support/wall";

const SPAN = { from: "2026-11-23", to: "2026-12-31", zone: "Europe/London" };
const HOUR_MS = 60 * 60_000;

/** What was asked for since. */
function asked(page: Page): string[] {
  const from: string[] = [];
  page.on("request", (request) => {
    if (SLOTS.test(request.url())) from.push(new URL(request.url()).searchParams.get("from") ?? "");
  });
  return from;
}

async function hide(page: Page, hidden: boolean) {
  await page.evaluate((isHidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}

test("a list that has grown old is asked for again when the page is used", async ({ booking, page }) => {
  await booking.arrive("demo");
  const from = asked(page);
  await page.clock.runFor(4 * 60_000);
  await page.mouse.click(1, 1);
  expect(from).toEqual([]);
  await page.clock.runFor(90_000);
  expect(from, "nobody uses it").toEqual([]);
  await page.mouse.click(1, 1);
  await expect.poll(() => from).toEqual(["2026-11-23"]);
  await page.mouse.click(1, 1);
  await expect(booking.times.first()).toBeVisible();
  expect(from).toHaveLength(1);
});

test("and when it comes back into sight", async ({ booking, page }) => {
  await booking.arrive("demo");
  const from = asked(page);
  await hide(page, true);
  await page.clock.runFor(6 * 60_000);
  expect(from).toEqual([]);
  await hide(page, false);
  await expect.poll(() => from).toEqual(["2026-11-23"]);
});

test("choosing a time of an old list chooses it, while that is asked for again", async ({
  booking,
  page,
}) => {
  await booking.arrive("demo");
  const from = asked(page);
  await page.clock.runFor(6 * 60_000);
  const reading = (await booking.readings())[2] ?? "";
  await booking.times.nth(2).click();
  await expect(booking.submit).toHaveAccessibleName(`Book ${reading}`);
  expect(from).toEqual(["2026-11-23"]);
});

test("a list that cannot be had anew goes on as it was", async ({ booking, page, watch }) => {
  watch.allow(LOAD_FAILED);
  await booking.arrive("demo");
  const before = await booking.readings();
  await page.route(SLOTS, (route) => route.abort());
  const from = asked(page);
  await page.clock.runFor(6 * 60_000);
  await page.mouse.click(1, 1);
  await expect.poll(() => from.length).toBe(1);
  await page.mouse.click(1, 1);
  await expect(page.getByText("Check your connection")).toHaveCount(0);
  expect(await booking.readings()).toEqual(before);
  expect(from, "it is left alone for a minute").toHaveLength(1);
});

test("a day that is over is no longer offered, and its list is asked for again", async ({
  booking,
  page,
  api,
}) => {
  const [first, second] = (await api.slots("panel", SPAN)).days;
  await page.clock.setSystemTime(`${first?.date}T08:00:00Z`);
  await booking.arrive("panel");
  await booking.chooseDay(first?.date ?? "");
  const from = asked(page);
  await page.clock.fastForward(17 * HOUR_MS);
  await expect(await booking.day(second?.date ?? "")).toHaveAttribute("aria-pressed", "true");
  await expect(await booking.day(first?.date ?? "")).toBeDisabled();
  await expect
    .poll(() => from)
    .toEqual([wall.dateOf(new Date(Date.parse(first?.date ?? "") + 24 * HOUR_MS).toISOString())]);
});

test("times of today that have passed are no longer offered", async ({ booking, page, api }) => {
  await patchMeetingType(page, () => ({ min_notice_minutes: 0 }));
  const day = (await api.slots("intro", SPAN)).days[0];
  const [gone, , ...left] = day?.slots ?? [];
  await booking.arrive("intro");
  await booking.chooseDay(day?.date ?? "");
  await page.clock.setSystemTime(new Date(Date.parse(day?.slots[1] ?? "") - 90_000));
  await page.clock.runFor(120_000);
  await expect.poll(() => booking.readings()).toEqual(left.map((slot) => wall.time(slot)));
  await expect(booking.time(wall.time(gone ?? ""))).toHaveCount(0);
});

test("what lies ahead of the month in sight may fail without a word", async ({ booking, page, watch }) => {
  watch.allow(LOAD_FAILED);
  await patchMeetingType(page, () => ({ window: { kind: "open" } }));
  let first = true;
  await page.route(SLOTS, (route) => {
    if (!first) return route.abort();
    first = false;
    return route.continue();
  });
  await booking.arrive("demo");
  const next = page.getByRole("button", { name: "Next month" });
  for (const month of ["December 2026", "January 2027"]) {
    await next.click();
    await expect(page.locator(".month .heading")).toHaveText(month);
  }
  await expect(page.getByText("Check your connection")).toHaveCount(0);
  await next.click();
  await next.click();
  await expect(page.getByText("Check your connection")).toBeVisible();
  await page.unroute(SLOTS);
  await booking.button("Try again").click();
  await expect(page.getByText("Check your connection")).toHaveCount(0);
});

test("who has typed nothing is not told that it is still there", async ({ booking, page, watch }) => {
  watch.allow(LOAD_FAILED);
  for (const where of [SLOTS, MEETING_TYPE]) {
    await page.route(where, (route) => route.abort());
    await booking.open("demo");
    await expect(page.getByText("Check your connection")).toBeVisible();
    await expect(page.getByText("typed")).toHaveCount(0);
    await page.unroute(where);
  }
});
