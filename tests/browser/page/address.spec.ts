import { expect, test } from "../support/fixtures";
import { LOAD_FAILED, MEETING_TYPE, patchMeetingType, SLOTS } from "../support/replies";
import * as wall from "../support/wall";

const SPAN = { from: "2026-11-24", to: "2026-12-31", zone: "Europe/London" };
const SKELETONS = ".times .bone";

test.describe("a day that the address asks for", () => {
  test("and that is over gives way to the first one that is free", async ({ booking, page, api }) => {
    await booking.arrive("demo", { date: "2026-10-05", time: "09:00" });
    const [first] = (await api.slots("demo", { ...SPAN, from: "2026-11-23" })).days;
    await expect(await booking.day(first?.date ?? "")).toHaveAttribute("aria-pressed", "true");
    await expect(page.locator(SKELETONS)).toHaveCount(0);
  });

  test("and that lies past what can be booked says why, and leads back", async ({ booking, page }) => {
    await patchMeetingType(page, () => ({ window: { kind: "rolling", days: 40 } }));
    await page.route(SLOTS, async (route) => {
      const response = await route.fetch();
      const told = await response.json();
      const days = told.days.filter(({ date }: { date: string }) => date <= "2027-01-02");
      await route.fulfill({ response, json: { ...told, days } });
    });
    await booking.open("demo", { date: "2028-06-01" });
    await expect(page.getByText("bookings up to 40 days ahead")).toBeVisible();
    await expect(page.locator(SKELETONS)).toHaveCount(0);
    await expect(page.locator(".month .heading")).toHaveText("January 2027");
    await page.getByRole("button", { name: /^Next free time: / }).click();
    await expect(booking.times.first()).toBeVisible();
  });

  test("and that lies far ahead in an open calendar is looked up, with its time", async ({
    booking,
    page,
  }) => {
    const start = "2027-03-23T10:00:00+00:00";
    await patchMeetingType(page, () => ({ window: { kind: "open" } }));
    await page.route(SLOTS, async (route) => {
      const asked = new URL(route.request().url()).searchParams;
      const isThere = (asked.get("from") ?? "") <= "2027-03-23" && "2027-03-23" <= (asked.get("to") ?? "");
      const days = isThere ? [{ date: "2027-03-23", slots: [start] }] : [];
      await route.fulfill({
        json: { days, duration_minutes: 30, next_available: null, time_zone: asked.get("time_zone") },
      });
    });
    await booking.open("demo", { date: "2027-03-23", time: "10:00" });
    await expect(booking.name).toBeVisible();
    await expect(booking.submit).toHaveAccessibleName("Book 10:00");
    await page.goBack();
    await expect(await booking.day("2027-03-23")).toHaveAttribute("aria-pressed", "true");
  });

  test("keeps its time until the calendar is there, after a failure too", async ({
    booking,
    page,
    api,
    watch,
  }) => {
    watch.allow(LOAD_FAILED);
    const day = (await api.slots("demo", SPAN)).days[2];
    const time = wall.time(day?.slots[1] ?? "");
    await page.route(SLOTS, (route) => route.abort());
    await booking.open("demo", { date: day?.date ?? "", time });
    await booking.button("Try again").focus();
    await page.unroute(SLOTS);
    await booking.button("Try again").click();
    await expect(booking.submit).toHaveAccessibleName(`Book ${time}`);
  });
});

test("a window that begins later begins with its own month", async ({ booking, page }) => {
  const window = { kind: "fixed", from: "2027-01-11", to: "2027-01-29" } as const;
  await patchMeetingType(page, () => ({ window }));
  await page.route(SLOTS, async (route) => {
    const response = await route.fetch();
    const told = await response.json();
    const days = told.days.filter(({ date }: { date: string }) => window.from <= date && date <= window.to);
    await route.fulfill({ response, json: { ...told, days: [], next_available: days[0]?.slots[0] ?? null } });
  });
  await booking.open("demo");
  await expect(page.locator(".month .heading")).toHaveText("January 2027");
  await expect(await booking.day("2027-01-20")).toBeVisible();
});

test("a host who is asked for is the only one that is named", async ({ booking, page, request, guest }) => {
  const { hosts } = await (await request.get("/v1/meeting-types/demo")).json();
  const [chosen, ...others] = hosts as { id: string; name: string }[];
  await booking.arrive("demo", { host: chosen?.id ?? "" });
  await expect(page).toHaveTitle(`Product demo with ${chosen?.name}`);
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.submit.click();
  await expect(booking.dialog).toContainText(chosen?.name ?? "");
  for (const { name } of others) await expect(page.locator("body")).not.toContainText(name);
  await booking.confirm.click();
  await expect(booking.main).toContainText(chosen?.name ?? "");
});

test("a host whom nobody knows is nobody's wish: all are named", async ({ booking, page, watch }) => {
  watch.allow(LOAD_FAILED);
  const told = page.waitForResponse(MEETING_TYPE);
  await booking.arrive("demo", { host: "nobody" });
  const { hosts } = await (await told).json();
  for (const { name } of hosts) await expect(booking.main).toContainText(name);
});
