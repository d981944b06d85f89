import type { Locator } from "@playwright/test";
import { expect, test } from "../support/fixtures";

/** What tells one kind of day from another where the guest's own colours hold. */
function look(
  day: Locator,
): Promise<{ readonly fill: string; readonly frame: string; readonly ink: string }> {
  return day.evaluate((button) => {
    const { backgroundColor, borderTopColor, borderTopStyle, color } = getComputedStyle(button);
    const frame = borderTopStyle === "none" || borderTopColor === backgroundColor ? "none" : borderTopColor;
    return { fill: backgroundColor, frame, ink: color };
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { forcedColors: "active" } });

    test("a free day, the chosen one, today and the others look different", async ({ booking, api }) => {
      await booking.arrive("intro");
      const { days } = await api.slots("intro", {
        from: "2026-11-24",
        to: "2026-11-30",
        zone: "Europe/London",
      });
      const [one, other] = days.map(({ date }) => date);
      await booking.chooseDay(one ?? "");
      const chosen = await look(await booking.day(one ?? ""));
      const free = await look(await booking.day(other ?? ""));
      const bare = await look(await booking.day("2026-11-22"));
      expect(free.frame).not.toBe("none");
      expect(bare.frame).toBe("none");
      expect(bare.ink).not.toBe(free.ink);
      expect(chosen.fill).not.toBe(free.fill);
      expect(chosen.ink).not.toBe(free.ink);
      const dot = (await booking.day("2026-11-23")).evaluate(
        (today) => getComputedStyle(today, "::after").backgroundColor,
      );
      expect(await dot).toBe((await look(await booking.day("2026-11-23"))).ink);
    });

    test("the chosen clock is filled", async ({ page, booking }) => {
      await booking.arrive("intro");
      const fill = (name: string) =>
        page
          .getByRole("radio", { name })
          .evaluate(
            (radio) => getComputedStyle((radio as HTMLInputElement).labels?.[0] ?? radio).backgroundColor,
          );
      const highlight = await page.evaluate(() => {
        const probe = document.createElement("p");
        probe.style.background = "Highlight";
        document.body.append(probe);
        const { backgroundColor } = getComputedStyle(probe);
        probe.remove();
        return backgroundColor;
      });
      expect(await fill("24-hour")).toBe(highlight);
      expect(await fill("12-hour")).not.toBe(highlight);
    });
  });
}
