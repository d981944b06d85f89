import { expect, test } from "../support/fixtures";
import { axeFindsNothing, faults } from "../support/looks";
import { STATES } from "../support/states";

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
    await axeFindsNothing(page);
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
    await axeFindsNothing(page);
  }
});

test("axe would find it: a button without a name", async ({ page, booking }) => {
  await booking.arrive("demo");
  await page.evaluate(() => document.querySelector("main")?.append(document.createElement("button")));
  expect((await faults(page)).map(({ id }) => id)).toContain("button-name");
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
