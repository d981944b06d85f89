import { expect, test } from "../support/fixtures";
import { overflow, small } from "../support/looks";
import { STATES } from "../support/states";

for (const [name, arrange] of Object.entries(STATES)) {
  test(`nothing sticks out: ${name}`, async ({ page, booking, api, guest, watch }) => {
    await arrange({ page, booking, api, guest, watch });
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 640 });
      expect(await overflow(page), `at ${width} pixels`).toEqual([]);
    }
  });
}

test("fingers find what they aim at", async ({ page, booking }) => {
  await booking.arrive("workshop");
  expect(await small(page), "while choosing").toEqual([]);
  await booking.times.first().click();
  await expect(booking.name).toBeVisible();
  expect(await small(page), "while filling in").toEqual([]);
});

test("fingers find every day of the month on the narrowest phone", async ({ page, booking }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await booking.arrive("intro");
  expect(await small(page)).toEqual([]);
  const squares = await booking.month.getByRole("button").evaluateAll((days) =>
    days.map((day) => {
      const { width, height } = day.getBoundingClientRect();
      return Math.abs(width - height);
    }),
  );
  expect(squares.length).toBeGreaterThan(27);
  expect(Math.max(...squares), "squares").toBeLessThan(1);
});

test("the button that books stays at the lower edge", async ({ page, booking }) => {
  await booking.arrive("workshop");
  await booking.times.first().click();
  await expect(booking.name).toBeVisible();
  await page.evaluate(() => scrollTo(0, 0));
  await expect(booking.submit).toBeInViewport({ ratio: 1 });
  await booking.name.focus();
  await expect(booking.name).toBeInViewport({ ratio: 1 });
});

test("the month, the times and the form come one after the other", async ({ page, booking }) => {
  await booking.arrive("demo");
  const [month, times] = [await booking.month.boundingBox(), await booking.times.first().boundingBox()];
  expect((month?.y ?? 0) + (month?.height ?? 0)).toBeLessThanOrEqual(times?.y ?? 0);
  await booking.times.first().click();
  await expect(booking.name).toBeInViewport();
  await booking.keepsFocus();
  expect(await overflow(page)).toEqual([]);
});

test.describe("at twice the size", () => {
  test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, isMobile: false, hasTouch: false });

  test("a window of 1280 pixels works as before", async ({ page, booking, guest }) => {
    await booking.arrive("demo");
    expect(await overflow(page)).toEqual([]);
    await booking.times.first().click();
    await booking.fill(guest);
    await booking.submit.click();
    expect(await overflow(page)).toEqual([]);
    await booking.confirm.click();
    await expect(booking.booked).toBeVisible();
    expect(await overflow(page)).toEqual([]);
  });
});
