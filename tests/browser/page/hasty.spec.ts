import { expect, test } from "../support/fixtures";
import { BOOKINGS, Bookings, Gate, LOAD_FAILED, refuse } from "../support/replies";

test("Escape, again and again, does not close the dialog while its request is under way", async ({
  booking,
  page,
  guest,
}) => {
  const gate = new Gate();
  await gate.at(page, BOOKINGS);
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.submit.click();
  await booking.confirm.click();
  for (let time = 0; time < 5; time += 1) await page.keyboard.press("Escape");
  await expect(booking.dialog).toBeVisible();
  await expect(booking.button("Booking …")).toBeFocused();
  await gate.open();
  await expect(booking.booked).toBeVisible();
});

test("a dialog that the browser closes all the same comes back", async ({ booking, page, guest }) => {
  const gate = new Gate();
  await gate.at(page, BOOKINGS);
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.submit.click();
  await booking.confirm.click();
  await page.locator("dialog").evaluate((dialog: HTMLDialogElement) => dialog.close());
  await expect(booking.dialog).toBeVisible();
  await gate.open();
  await expect(booking.booked).toBeVisible();
});

test("Enter that is held down books nothing", async ({ booking, page, guest }) => {
  const bookings = new Bookings(page);
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.email.focus();
  for (let time = 0; time < 8; time += 1) await page.keyboard.down("Enter");
  await expect(booking.dialog).toBeVisible();
  for (let time = 0; time < 4; time += 1) await page.keyboard.down("Enter");
  await expect(booking.confirm).toBeVisible();
  expect(bookings.requests).toHaveLength(0);
  await page.keyboard.up("Enter");
  await page.keyboard.press("Enter");
  await expect(booking.booked).toBeVisible();
  expect(bookings.requests).toHaveLength(1);
});

test("Enter that is held down in a text still makes lines", async ({ booking, page }) => {
  await booking.arrive("demo");
  await booking.times.first().click();
  const note = page.getByRole("textbox", { name: /^Anything to add/ });
  await note.focus();
  for (let time = 0; time < 3; time += 1) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await expect(note).toHaveValue("\n\n\n");
});

for (const where of ["Change", "a day"]) {
  test(`a double click on ${where} does not leave the page`, async ({ booking, page, api }) => {
    await page.goto("/_local/inbox");
    await booking.arrive("demo");
    const { days } = await api.slots("demo", { from: "2026-11-24", to: "2026-12-20", zone: "Europe/London" });
    await booking.times.first().click();
    await expect(booking.name).toBeVisible();
    const what =
      where === "Change" ? booking.button("Change the time") : await booking.day(days[2]?.date ?? "");
    // Both clicks are there before the browser has gone anywhere.
    await what.evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await expect(booking.times.first()).toBeVisible();
    await expect(page).toHaveURL(/\/book\/demo$/);
    await booking.times.nth(1).click();
    await booking.button("Change the time").click();
    await expect(booking.times.first()).toBeVisible();
  });
}

test.describe("an answer that comes late", () => {
  test("and is a refusal is not said of another time", async ({ booking, page, guest, watch }) => {
    watch.allow(LOAD_FAILED);
    const bookings = new Bookings(page);
    let late: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      late = resolve;
    });
    await page.route(BOOKINGS, async (route) => {
      if (bookings.requests.length > 1) return route.continue();
      await held;
      await refuse(route, 409, "slot-taken", { alternatives: [] });
    });
    await booking.arrive("demo");
    const [first, other] = await booking.readings();
    await booking.times.first().click();
    await booking.fill(guest);
    await booking.submit.click();
    await booking.confirm.click();
    await page.goBack();
    await booking.times.nth(1).click();
    await booking.submit.click();
    await expect(booking.confirm).toHaveAccessibleName(`Book ${other}`);
    late();
    await page.waitForResponse(BOOKINGS);
    await expect(booking.dialog).toBeVisible();
    await expect(page.getByText(`${other} has just been taken`)).toBeHidden();
    await booking.dialog.getByRole("button", { name: "Back" }).click();
    await expect(page.getByRole("heading", { name: /^Nothing was booked for / })).toContainText(first ?? "");
    await booking.book();
    await expect(booking.main).toContainText(`${other} to`);
  });

  test("and is a booking is shown, whatever the guest has sent since", async ({
    booking,
    page,
    guest,
    api,
    watch,
  }) => {
    watch.allow(LOAD_FAILED);
    const bookings = new Bookings(page);
    const [one, other] = [new Gate(), new Gate()];
    await other.at(page, BOOKINGS);
    await one.at(page, BOOKINGS, 1);
    await booking.arrive("demo");
    const [first] = await booking.readings();
    await booking.times.first().click();
    await booking.fill(guest);
    await booking.submit.click();
    await booking.confirm.click();
    await page.goBack();
    await booking.times.nth(2).click();
    await booking.submit.click();
    await booking.confirm.click();
    await expect.poll(() => bookings.requests.length).toBe(2);
    await one.open();
    await expect(booking.booked).toBeVisible();
    await expect(booking.main).toContainText(`${first} to`);
    const refused = page.waitForResponse(BOOKINGS);
    await other.open();
    expect((await refused).status()).toBe(422);
    await expect(booking.main).toContainText(`${first} to`);
    await expect.poll(async () => (await api.lettersTo(guest.email)).length).toBe(1);
  });
});
