import { expect, test } from "../support/fixtures";
import { patchFarAway, patchMeetingType, patchSlots, SLOTS } from "../support/replies";
import * as wall from "../support/wall";

const SPAN = { from: "2026-11-23", to: "2026-12-31", zone: "Europe/London" };

test("the first day with free times is shown without a click, and nothing takes the focus", async ({
  booking,
  api,
  page,
}) => {
  await booking.arrive("panel");
  const [first] = (await api.slots("panel", SPAN)).days;
  await expect(await booking.day(first?.date ?? "")).toHaveAttribute("aria-pressed", "true");
  expect(await booking.readings()).toEqual(first?.slots.map((slot) => wall.time(slot)));
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
});

test("days without free times cannot be chosen", async ({ booking, page }) => {
  await booking.arrive("demo");
  const [saturday, past] = [await booking.day("2026-11-28"), await booking.day("2026-11-20")];
  await expect(saturday).toHaveAttribute("aria-disabled", "true");
  await expect(past).toBeDisabled();
  const before = await booking.readings();
  await saturday.click({ force: true });
  await expect(saturday).toHaveAttribute("aria-pressed", "false");
  expect(await booking.readings()).toEqual(before);
  await expect(page.getByRole("button", { name: "Previous month" })).toBeDisabled();
});

test("the months of the whole window are there without another request", async ({ booking, page }) => {
  await booking.arrive("demo");
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("/v1/") && asked.push(request.url()));
  await booking.chooseDay("2026-12-16");
  await booking.chooseDay("2027-01-13");
  expect(await booking.times.count()).toBeGreaterThan(5);
  expect(asked).toEqual([]);
});

test("choosing a day says politely how many times it has", async ({ booking, page, api }) => {
  await booking.arrive("intro");
  const day = (await api.slots("intro", SPAN)).days[2];
  await booking.chooseDay(day?.date ?? "");
  const words = `${wall.day(day?.date ?? "")}: ${day?.slots.length} free times`;
  await expect(page.locator("[aria-live=polite], [role=status]").filter({ hasText: words })).toHaveCount(1);
});

test("times stand in the parts of the day they belong to, with counts", async ({ booking, page, api }) => {
  await booking.arrive("demo");
  const day = (await api.slots("demo", SPAN)).days[1];
  await booking.chooseDay(day?.date ?? "");
  const hours = day?.slots.map((slot) => Number(wall.time(slot).slice(0, 2))) ?? [];
  const parts = {
    Morning: hours.filter((hour) => hour < 12),
    Afternoon: hours.filter((hour) => hour >= 12 && hour < 17),
    Evening: hours.filter((hour) => hour >= 17),
  };
  for (const [part, { length }] of Object.entries(parts)) {
    const group = page.getByRole("group", { name: new RegExp(`^${part}`) });
    if (length === 0) await expect(group).toHaveCount(0);
    else await expect(group).toHaveAccessibleName(`${part} (${length})`);
    await expect(group.getByRole("radio")).toHaveCount(length);
  }
});

test.describe("the time zone", () => {
  for (const [query, city, zone] of [
    ["kathm", "Kathmandu", "Asia/Kathmandu"],
    ["+5:45", "Kathmandu", "Asia/Kathmandu"],
    ["Mumbai", "Kolkata", "Asia/Kolkata"],
    ["eastern", "New York", "America/New_York"],
    ["são pau", "Sao Paulo", "America/Sao_Paulo"],
  ] as const) {
    test(`is found by ${query}`, async ({ booking, page, api }) => {
      await booking.arrive("demo");
      await booking.zone.click();
      await page.getByRole("combobox").fill(query);
      await page
        .getByRole("option", { name: new RegExp(city) })
        .first()
        .click();
      await expect(page.getByRole("dialog")).toBeHidden();
      await expect(booking.zone).toHaveAccessibleName(new RegExp(`^Time zone: ${city}, \\d\\d:\\d\\d now$`));
      await booking.keepsFocus();
      const day = (await api.slots("demo", { ...SPAN, zone })).days[1];
      await booking.chooseDay(day?.date ?? "");
      await expect.poll(() => booking.readings()).toEqual(day?.slots.map((slot) => wall.time(slot)));
    });
  }

  test("is chosen by keyboard alone, and Escape changes nothing", async ({ booking, page }) => {
    await booking.arrive("demo");
    const before = await booking.zone.innerText();
    await booking.zone.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("combobox")).toBeFocused();
    await page.keyboard.type("Tokyo");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(booking.zone).toBeFocused();
    await expect(booking.zone).toHaveText(before);

    await page.keyboard.press("Enter");
    await expect(page.getByRole("combobox")).toBeFocused();
    await page.keyboard.type("Tokyo");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(booking.zone).toHaveAccessibleName(/^Time zone: Tokyo, \d\d:\d\d now$/);
    await expect(booking.zone).toBeFocused();
  });

  test("keeps the chosen time where it is the same instant", async ({ booking, page, api }) => {
    await booking.arrive("panel");
    const start = (await api.slots("panel", SPAN)).days[1]?.slots[0] ?? "";
    await booking.choose(start);
    await page.goBack();
    await expect(booking.time(wall.time(start))).toBeChecked();
    await booking.zone.click();
    await page.getByRole("combobox").fill("Berlin");
    await page
      .getByRole("option", { name: /Berlin/ })
      .first()
      .click();
    const hour = String(Number(wall.time(start).slice(0, 2)) + 1).padStart(2, "0");
    await expect(booking.time(`${hour}${wall.time(start).slice(2)}`)).toBeChecked();
  });

  test("shows a clock that goes on", async ({ booking, page }) => {
    await booking.arrive("demo");
    const shown = async () => (await booking.zone.innerText()).match(/\d\d:\d\d/)?.[0] ?? "";
    const before = await shown();
    await page.clock.runFor(120_000);
    await expect.poll(shown).not.toBe(before);
  });
});

test("times read with 12 hours after one click, and are kept so", async ({ booking, page, api }) => {
  await booking.arrive("demo");
  const day = (await api.slots("demo", SPAN)).days[1];
  await booking.chooseDay(day?.date ?? "");
  await page.getByRole("radio", { name: "12-hour" }).check();
  await expect
    .poll(() => booking.readings())
    .toEqual(day?.slots.map((slot) => spoken(wall.time(slot, "en-US"))));
  await expect(booking.zone).toContainText(/\d+:\d\d\s[ap]m/iu);
  await page.getByRole("radio", { name: "24-hour" }).check();
  await expect.poll(() => booking.readings()).toEqual(day?.slots.map((slot) => wall.time(slot)));
});

/** The British write it small. */
const spoken = (reading: string) => reading.toLowerCase();

test("a longer meeting has other times, and its length is booked", async ({ booking, page, api, guest }) => {
  await booking.arrive("workshop");
  await page.getByRole("radio", { name: "1 hour 30 minutes" }).click();
  const day = (await api.slots("workshop", { ...SPAN, minutes: 90 })).days[1];
  await booking.chooseDay(day?.date ?? "");
  await expect.poll(() => booking.readings()).toEqual(day?.slots.map((slot) => wall.time(slot)));

  const start = day?.slots[0] ?? "";
  await booking.choose(start);
  await booking.fill(guest);
  await page.getByRole("textbox", { name: /^Which company/ }).fill("Analytical Engines");
  await page.getByRole("combobox", { name: /^How many people/ }).selectOption("2 to 10");
  const sent = page.waitForRequest("/v1/bookings");
  await booking.book();
  expect((await sent).postDataJSON()).toMatchObject({ duration_minutes: 90 });
});

test("an empty calendar leads to the next free time, which lies past what was asked for", async ({
  booking,
  page,
}) => {
  await patchFarAway(page, ["2027-04-13T14:30:00+01:00", "2027-04-13T15:00:00+01:00"]);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (SLOTS.test(request.url())) asked.push(new URL(request.url()).searchParams.get("from") ?? "");
  });
  await booking.open("demo");
  const next = page.getByRole("button", { name: /^Next free time: Tuesday 13 April( 2027)?, 14:30$/ });
  await expect(next).toBeVisible();
  await expect(booking.times).toHaveCount(0);
  expect(asked).toEqual(["2026-11-23"]);

  await next.click();
  await expect.poll(() => booking.readings()).toEqual(["14:30", "15:00"]);
  expect(asked.slice(1), "one more look, at the month of that day").toEqual(["2027-04-01"]);
  await expect(await booking.day("2027-04-13")).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("heading", { name: /^Tuesday 13 April( 2027)?$/ })).toBeFocused();
  await expect(next).toBeHidden();
});

test("a window that is closed says how far ahead one may book", async ({ booking, page }) => {
  await patchMeetingType(page, () => ({ window: { kind: "rolling", days: 14 } }));
  await patchSlots(page, () => ({ days: [], next_available: null }));
  await booking.open("intro");
  await expect(page.getByText("This host takes bookings up to 14 days ahead.")).toBeVisible();
});

test.describe("where people read 12 hours", () => {
  test.use({ locale: "en-US" });

  test("the page begins so", async ({ booking }) => {
    await booking.arrive("demo");
    for (const reading of await booking.readings()) expect(reading).toMatch(/^\d{1,2}:\d\d (AM|PM)$/);
  });
});
