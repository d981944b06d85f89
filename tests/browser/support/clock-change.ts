import { expect, test } from "./fixtures";
import * as wall from "./wall";

/** What clocks read around a change, worked out by hand. */
type Change = {
  /** A day before the change and one after it. */
  readonly days: readonly [string, string];
  /** Nora's first time on each: she takes introductions from nine o'clock in New York. */
  readonly zones: Readonly<
    Record<string, { readonly reads: readonly [string, string]; readonly offset: string }>
  >;
};

export function readsRightAround({ days, zones }: Change): void {
  test("the same hour of the host reads right before and after", async ({ booking, guest, api }) => {
    await booking.arrive("intro");
    const [locale, zone] = [await booking.locale, await booking.browserZone];
    const expected = zones[zone];
    if (!expected) throw new Error(`nobody worked out what is right in ${zone}`);
    for (const [index, day] of days.entries()) {
      await booking.chooseDay(day);
      expect((await booking.readings())[0]).toBe(expected.reads[index]);
    }

    const reading = expected.reads[1];
    await booking.time(reading).click();
    await booking.fill(guest);
    await booking.submit.click();
    await expect(booking.dialog).toContainText(wall.spaced(reading));
    await expect(booking.dialog, "the host's own time").toContainText(
      wall.spaced(locale === "en-US" ? "9:00 AM" : "09:00"),
    );
    await booking.confirm.click();
    await expect(booking.booked).toBeVisible();

    await expect.poll(async () => (await api.lettersTo(guest.email)).length).toBe(1);
    const [letter] = await api.lettersTo(guest.email);
    expect(letter?.text).toContain(wall.day(days[1], locale));
    expect(letter?.text).toMatch(wall.spaced(`${reading} to `));
    expect(letter?.text).toContain(`${zone}, ${expected.offset}`);
  });
}
