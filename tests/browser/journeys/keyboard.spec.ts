import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../support/fixtures";
import * as wall from "../support/wall";

test.beforeEach(async ({ page, watch }) => {
  await page.exposeFunction("__openslot_pointer", (type: string) => watch.note(`pointer: ${type}`));
  await page.addInitScript(() => {
    const tell = (event: Event) =>
      (globalThis as unknown as { __openslot_pointer(type: string): void }).__openslot_pointer(event.type);
    for (const type of ["pointerdown", "mousedown", "touchstart"]) addEventListener(type, tell, true);
  });
});

test("a guest books by keyboard alone", async ({ page, booking, api, guest }) => {
  await booking.arrive("demo");
  const [locale, zone] = [await booking.locale, await booking.browserZone];
  const { days } = await api.slots("demo", { from: "2026-11-23", to: "2026-12-31", zone });
  const december = days.find(({ date }) => date >= "2026-12-02")?.date ?? "";

  // The month is one stop, and its keys are those of every date grid.
  await tabTo(page, booking.month.locator("button[tabindex='0']"));
  await press(page, "PageDown");
  const first = await focusedDay(page, locale);
  expect(first, "a month later").toMatch(/^2026-12-/);
  await press(page, "PageUp");
  expect(await focusedDay(page, locale), "and back").toMatch(/^2026-11-/);
  await press(page, "PageDown");
  await press(page, "Home");
  const monday = await focusedDay(page, locale);
  await press(page, "End");
  expect(distance(monday, await focusedDay(page, locale)), "a week has seven days").toBe(6);

  await walkTo(page, december, locale);
  await page.keyboard.press("Enter");
  await expect(await booking.day(december)).toHaveAttribute("aria-pressed", "true");
  await booking.keepsFocus();

  // Arrows look around among the times; only Enter or Space chooses.
  await tabTo(page, booking.times.first());
  const readings = await booking.readings();
  await press(page, "ArrowDown");
  await expect(booking.time(readings[1] ?? "")).toBeFocused();
  await expect(booking.name).toBeHidden();
  await press(page, "ArrowUp");
  await page.keyboard.press("Enter");
  await expect(booking.name).toBeVisible();
  await booking.keepsFocus();

  await tabTo(page, booking.name);
  await page.keyboard.type(guest.name);
  await tabTo(page, booking.email);
  await page.keyboard.type(guest.email);
  await page.keyboard.press("Enter");
  await expect(booking.dialog).toBeVisible();
  await booking.keepsFocus();
  await page.keyboard.press("Escape");
  await expect(booking.dialog).toBeHidden();
  await booking.keepsFocus();
  await tabTo(page, booking.submit);
  await page.keyboard.press("Enter");
  await tabTo(page, booking.confirm);
  await page.keyboard.press("Enter");
  await expect(booking.booked).toBeVisible();
  await booking.keepsFocus();
  await expect(booking.main).toContainText(wall.day(december, locale));
  await expect.poll(async () => (await api.lettersTo(guest.email)).length).toBe(1);
});

/** A key, and the time it takes a hand to reach the next one: two frames are enough for the page. */
async function press(page: Page, key: string): Promise<void> {
  await page.keyboard.press(key);
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)))),
  );
}

/** Tab until the focus is there, as someone who cannot see the page would, and not forever. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < 60; stop += 1) {
    if (await target.evaluate((element) => element.matches(":focus"))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${target}`);
}

/** The date in the month that has the focus. */
async function focusedDay(page: Page, locale: string): Promise<string> {
  const name = await page.locator("calendar-month button:focus").getAttribute("aria-label");
  const days = Array.from({ length: 31 }, (_, index) => String(index + 1).padStart(2, "0"));
  const dates = ["2026-11", "2026-12", "2027-01"].flatMap((month) => days.map((day) => `${month}-${day}`));
  const found = dates.find((date) => wall.dayOfMonth(date, locale) === name);
  if (!found) throw new Error(`the focus is on ${name}`);
  return found;
}

async function walkTo(page: Page, date: string, locale: string): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    const away = distance(await focusedDay(page, locale), date);
    if (away === 0) return;
    const [back, ahead] = Math.abs(away) >= 7 ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    await press(page, away < 0 ? back : ahead);
  }
  throw new Error(`the arrow keys do not lead to ${date}`);
}

/** In days; the months here are November and December. */
function distance(from: string, to: string): number {
  const days = (date: string) => wall.daysIntoAutumn(date);
  return days(to) - days(from);
}
