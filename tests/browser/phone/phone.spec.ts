import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures";
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

/** What reaches over the right or left edge of the page, if one can scroll there. */
function overflow(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const inner = [...document.querySelectorAll("dialog[open]")].filter(
      (box) => box.scrollWidth > box.clientWidth,
    );
    if (scrollWidth <= clientWidth && inner.length === 0) return [];
    const wide = [...document.querySelectorAll("body *")].filter((one) => {
      const { left, right } = one.getBoundingClientRect();
      return left < -0.5 || right > clientWidth + 0.5;
    });
    return [`${scrollWidth} > ${clientWidth}`, ...wide.map((one) => one.outerHTML.slice(0, 100))];
  });
}

/** Controls below 44 by 44 pixels. A radio or checkbox is as large as its label; links in a sentence may be small. What
 * shows only when the keyboard reaches it is no target until then. */
function small(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const roots: ParentNode[] = [document];
    for (const element of document.querySelectorAll("calendar-date, calendar-month")) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
    }
    const controls = roots.flatMap((root) => [...root.querySelectorAll("button, input, select, textarea")]);
    const areas = controls.map((control) => (control as HTMLInputElement).labels?.[0] ?? control);
    const isSeen = (area: Element) =>
      area.checkVisibility({ visibilityProperty: true }) && area.getBoundingClientRect().width > 8;
    const isLarge = (one: Element | undefined) => {
      const box = one?.getBoundingClientRect();
      return box !== undefined && box.width >= 43.5 && box.height >= 43.5;
    };
    const tooSmall = areas.filter(
      (area, index) => isSeen(area) && !isLarge(area) && !isLarge(controls[index]),
    );
    return tooSmall.map(
      (area) => `${area.outerHTML.slice(0, 100)} ${JSON.stringify(area.getBoundingClientRect())}`,
    );
  });
}
