import { expect, test } from "./support/fixtures";
import { STATES } from "./support/states";

// Every state as a picture, to be looked at; they are output and compared with nothing.

const WIDTHS = { 360: 740, 768: 1024, 1280: 800 };

for (const [name, arrange] of Object.entries(STATES)) {
  test(`picture of ${name}`, async ({ page, managing, book, api, watch }) => {
    await arrange({ page, managing, book, api, watch });
    // Nothing is pointed at, unless the picture is of that.
    await page.mouse.move(0, 0);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const [width, height] of Object.entries(WIDTHS)) {
        await page.setViewportSize({ width: Number(width), height });
        const path = `out/pictures/manage-${name.replaceAll(" ", "-")}-${width}-${colorScheme}.png`;
        const picture = await page.screenshot({ path, fullPage: true, animations: "disabled" });
        expect(picture.byteLength).toBeGreaterThan(1_000);
      }
    }
  });
}
