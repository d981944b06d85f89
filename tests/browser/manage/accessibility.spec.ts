import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { STATES } from "./support/states";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    for (const [name, arrange] of Object.entries(STATES)) {
      test(`axe finds nothing: ${name}`, async ({ page, managing, book, api, watch }) => {
        await arrange({ page, managing, book, api, watch });
        await settled(page);
        const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
        expect(
          violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 200))]),
        ).toEqual([]);
      });
    }
  });
}

for (const [name, arrange] of Object.entries(STATES)) {
  test(`nothing sticks out at 320 pixels, nor at twice the size: ${name}`, async ({
    page,
    managing,
    book,
    api,
    watch,
  }) => {
    await arrange({ page, managing, book, api, watch });
    for (const size of [
      { width: 320, height: 640 },
      { width: 640, height: 400 },
    ]) {
      await page.setViewportSize(size);
      expect(await overflow(page)).toEqual([]);
    }
  });
}

test("fingers find what they aim at", async ({ page, managing, book }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await managing.arrive((await book("demo")).manage_url);
  expect(await small(page), "at the booking").toEqual([]);
  await managing.goMove();
  expect(await small(page), "while choosing").toEqual([]);
});

test.describe("in a German browser", () => {
  test.use({ locale: "de-DE", timezoneId: "Europe/Berlin" });

  test("the page is German without being asked, from the booking to the end of it", async ({
    page,
    managing,
    book,
  }) => {
    const english = /\b(the|your|you|this|booking|cancel|move|moved|time zone|Morning|with)\b/;
    const { manage_url } = await book("panel");
    await managing.open(manage_url);
    await managing.shows("Ihr Termin ist gebucht");
    expect(await managing.main.innerText()).not.toMatch(english);
    await page.getByRole("button", { name: "Verschieben" }).click();
    await managing.choosing.month.getByRole("button", { name: "15. Dezember" }).click();
    const time = page
      .getByRole("group", { name: /^(Vormittag|Nachmittag) / })
      .getByRole("radio")
      .first();
    await expect(time).toBeVisible();
    expect(await managing.main.innerText()).not.toMatch(english);
    await time.click();
    await expect(managing.dialog).toContainText(
      /Sie verschieben Panel mit .* von \w+, .* Uhr auf \w+, .* Uhr\./,
    );
    await managing.dialog.getByRole("button", { name: /^Auf \d\d:\d\d Uhr verschieben$/ }).click();
    await managing.shows("Ihr Termin ist verschoben");
    await page.getByRole("button", { name: "Diesen Termin absagen" }).click();
    expect(await managing.dialog.innerText()).not.toMatch(english);
    await managing.dialog.getByRole("button", { name: "Diesen Termin absagen" }).click();
    await managing.shows("Ihr Termin ist abgesagt");
    expect(await managing.main.innerText()).not.toMatch(english);
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

/** Buttons and choices below 44 by 44 pixels; a radio button is as large as its label. */
function small(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const roots: ParentNode[] = [document];
    for (const element of document.querySelectorAll("calendar-date, calendar-month")) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
    }
    const controls = roots.flatMap((root) => [...root.querySelectorAll("button, input, textarea, a.button")]);
    const areas = controls.map((control) => (control as HTMLInputElement).labels?.[0] ?? control);
    const tooSmall = areas.filter((area) => {
      const { width, height } = area.getBoundingClientRect();
      return (
        area.checkVisibility({ visibilityProperty: true }) && width > 8 && (width < 43.5 || height < 43.5)
      );
    });
    return tooSmall.map((area) => area.outerHTML.slice(0, 120));
  });
}

/** Colours are judged when nothing fades any more. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations === 1);
    await Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
  });
}
