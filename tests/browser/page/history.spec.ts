import { expect, test } from "../support/fixtures";
import { BOOKINGS, Bookings, Gate } from "../support/replies";

test("Back from the form returns to the times, and Forward to what was typed", async ({
  booking,
  page,
  guest,
}) => {
  await booking.arrive("demo");
  const readings = await booking.readings();
  await booking.times.nth(2).click();
  await booking.fill(guest);
  await page.goBack();
  await expect(booking.time(readings[2] ?? "")).toBeChecked();
  await expect(booking.name).toBeHidden();
  await booking.keepsFocus();
  await page.goForward();
  await expect(booking.name).toHaveValue(guest.name);
  await expect(booking.submit).toHaveAccessibleName(`Book ${readings[2]}`);
  await page.getByRole("button", { name: "Change the time" }).click();
  await expect(booking.time(readings[2] ?? "")).toBeChecked();
  await booking.keepsFocus();
});

test("a double click on the last button books once", async ({ booking, page, guest, api }) => {
  const bookings = new Bookings(page);
  const gate = new Gate();
  await gate.at(page, BOOKINGS);
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.submit.dblclick();
  await booking.confirm.dblclick();
  await expect(booking.button("Booking …")).toBeDisabled();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await gate.open();
  await expect(booking.booked).toBeVisible();
  expect(bookings.requests).toHaveLength(1);
  await expect.poll(async () => (await api.lettersTo(guest.email)).length).toBe(1);
});

test("booked stays booked: reload shows it, Back does not fill the form again", async ({
  booking,
  page,
  guest,
  api,
}) => {
  const bookings = new Bookings(page);
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.book();
  await booking.keepsFocus();

  await page.reload();
  await expect(booking.booked).toBeVisible();
  await expect(booking.main).toContainText(guest.email);

  await page.goBack();
  await expect(booking.times.first()).toBeVisible();
  await expect(page.getByText(/^You have booked \w+day /)).toBeVisible();
  await expect(booking.booked).toBeHidden();
  await booking.times.nth(1).click();
  await expect(booking.name).toHaveValue("");
  expect(bookings.requests).toHaveLength(1);
  expect(await api.lettersTo(guest.email)).toHaveLength(1);
});

test("Forward shows the booking again", async ({ booking, page, guest }) => {
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.book();
  await page.goBack();
  await expect(booking.times.first()).toBeVisible();
  await page.goForward();
  await expect(booking.booked).toBeVisible();
  await expect(booking.main).toContainText(guest.email);
});

test("after booking, another time can be booked", async ({ booking, guest, page, api }) => {
  const bookings = new Bookings(page);
  await booking.arrive("demo");
  for (const number of [1, 2]) {
    await booking.times.first().click();
    await booking.fill(guest);
    await booking.book();
    expect(bookings.requests).toHaveLength(number);
    if (number === 1) await booking.another();
  }
  expect(bookings.keys[0]).not.toBe(bookings.keys[1]);
  await expect.poll(async () => (await api.lettersTo(guest.email)).length).toBe(2);
});

test("the success view leads into every calendar, and to the booking", async ({
  booking,
  guest,
  page,
  request,
}) => {
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  const answered = page.waitForResponse(BOOKINGS);
  await booking.book();
  const { manage_url, calendar, booking: made } = await (await answered).json();
  const link = (name: string) => page.getByRole("link", { name });
  await expect(link("Google Calendar")).toHaveAttribute("href", calendar.google_url);
  await expect(link("Outlook")).toHaveAttribute("href", calendar.outlook_url);
  await expect(link("Microsoft 365")).toHaveAttribute("href", calendar.office365_url);
  await expect(link("Calendar file")).toHaveAttribute("href", calendar.ics_url);
  await expect(link("Change or cancel")).toHaveAttribute("href", manage_url);
  for (const outside of ["Google Calendar", "Outlook", "Microsoft 365"]) {
    expect(new URL((await link(outside).getAttribute("href")) ?? "").protocol).toBe("https:");
  }
  const file = await request.get(calendar.ics_url);
  expect(file.headers()["content-type"]).toMatch(/^text\/calendar/);
  expect(await file.text()).toContain(`DTSTART:${inUtc(made.start)}`);
});

/** An instant as calendar files write it; the times of this project are London's, in winter those of UTC. */
function inUtc(start: string): string {
  return `${start.slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}
