import type { Letter, Slots } from "../support/api";
import { expect, test } from "../support/fixtures";
import * as wall from "../support/wall";

const SPAN = { from: "2026-11-23", to: "2026-12-04" };

test("a guest books by mouse, in their own zone, and the letter says the same", async ({
  booking,
  api,
  guest,
  page,
}) => {
  await booking.arrive("demo");
  const [locale, zone] = [await booking.locale, await booking.browserZone];
  const day = dayOf(await api.slots("demo", { ...SPAN, zone }));

  await booking.chooseDay(day.date);
  expect(await booking.readings()).toEqual(day.slots.map((slot) => wall.time(slot, locale)));

  const start = day.slots[1] ?? "";
  const reading = wall.time(start, locale);
  await booking.time(reading).click();
  await booking.fill(guest);
  await expect(booking.submit).toHaveAccessibleName(wall.spaced(`Book ${reading}`));
  await booking.submit.click();
  await expect(booking.dialog).toContainText(wall.day(day.date, locale));
  await expect(booking.dialog).toContainText(wall.spaced(reading));

  const answered = page.waitForResponse("/v1/bookings");
  await booking.confirm.click();
  await expect(booking.booked).toBeVisible();
  const made = await (await answered).json();
  expect(made.booking).toMatchObject({ start, time_zone: zone, attendee: guest });
  await expect(booking.main).toContainText(wall.day(day.date, locale));
  await expect(booking.main).toContainText(guest.email);

  const letter = await theLetter(() => api.lettersTo(guest.email));
  expect(letter.text).toContain(wall.day(day.date, locale));
  expect(letter.text).toMatch(wall.spaced(`${reading} to `));
  expect(letter.text).toContain(`${zone}, UTC`);
});

/** The second day with free times: nothing that happens meanwhile takes its first ones away. */
function dayOf({ days }: Slots) {
  const day = days[1];
  if (!day) throw new Error("the demo team has no time");
  return day;
}

async function theLetter(read: () => Promise<readonly Letter[]>): Promise<Letter> {
  await expect.poll(async () => (await read()).length).toBe(1);
  const [letter] = await read();
  if (!letter) throw new Error("it was there a moment ago");
  return letter;
}
