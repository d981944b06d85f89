import { expect, test } from "../support/fixtures";
import { STATES } from "../support/states";

// Every state as a picture, to be looked at; they are output and compared with nothing.

const WIDTHS = { 360: 740, 768: 1024, 1280: 800 };

for (const [name, arrange] of Object.entries(STATES)) {
  test(`picture of ${name}`, async ({ page, booking, api, guest, watch }) => {
    await arrange({ page, booking, api, guest, watch });
    // Nothing is pointed at, unless the picture is of that.
    await page.mouse.move(0, 0);
    // What stays at an edge of the window stands somewhere in the middle of a picture of the whole page.
    const stays = await page.getByRole("dialog").or(booking.submit).first().isVisible();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const [width, height] of Object.entries(WIDTHS)) {
        await page.setViewportSize({ width: Number(width), height });
        const path = `out/pictures/${name.replaceAll(" ", "-")}-${width}-${colorScheme}.png`;
        const picture = await page.screenshot({
          path,
          fullPage: !(stays && width === "360"),
          animations: "disabled",
        });
        expect(picture.byteLength).toBeGreaterThan(1_000);
      }
    }
  });
}
