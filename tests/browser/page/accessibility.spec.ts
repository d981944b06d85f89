import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures";
import { STATES } from "../support/states";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** The phone comes first: what is brought about on a desk is then seen narrow, and wide again. */
const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
] as const;

for (const [name, arrange] of Object.entries(STATES)) {
  test(`axe finds nothing, narrow or wide, light or dark: ${name}`, async ({
    page,
    booking,
    api,
    guest,
    watch,
  }) => {
    test.slow();
    await arrange({ page, booking, api, guest, watch });
    await findsNothing(page);
  });
}

test("axe finds nothing where the program lists its pages and letters", async ({
  page,
  booking,
  guest,
  api,
}) => {
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.book();
  await expect.poll(async () => (await api.lettersTo(guest.email)).length).toBe(1);
  for (const path of ["/", "/_local/inbox"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await findsNothing(page);
  }
});

async function findsNothing(page: Page): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
      expect(violations.map(told), `${colorScheme}, ${size.width} pixels wide`).toEqual([]);
    }
  }
}

test("axe would find it: a button without a name", async ({ page, booking }) => {
  await booking.arrive("demo");
  await page.evaluate(() => document.querySelector("main")?.append(document.createElement("button")));
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  expect(violations.map(({ id }) => id)).toContain("button-name");
});

test.describe("when the system asks for less motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("nothing moves", async ({ page, booking }) => {
    await booking.arrive("demo");
    await booking.times.first().click();
    await expect(booking.name).toBeVisible();
    const moving = await page.evaluate(
      () =>
        document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 1)
          .length,
    );
    expect(moving).toBe(0);
  });
});

test("every control that has the focus shows it", async ({ page, booking }) => {
  await booking.arrive("workshop");
  const unseen: string[] = [];
  for (let stop = 0; stop < 25; stop += 1) {
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(ring);
    if (!outline.shown) unseen.push(outline.name);
  }
  expect(unseen).toEqual([]);
});

/** Runs in the page: whether what has the focus, or its label, has an outline or a shadow of its own. */
function ring(): { name: string; shown: boolean } {
  let active: Element | null = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  const seen = [active, active?.nextElementSibling, active?.closest("label")].filter(
    (one) => one instanceof Element,
  );
  const shown = seen.some((one) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
  });
  return { name: active?.outerHTML.slice(0, 120) ?? "", shown: shown || active === document.body };
}

function told({
  id,
  nodes,
}: {
  id: string;
  nodes: { html: string; failureSummary?: string | undefined }[];
}): string {
  return [id, ...nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`)].join(
    "\n",
  );
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
