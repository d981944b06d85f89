import { BookingPage } from "../support/booking-page";
import * as wall from "../support/wall";
import { expect, test } from "./support/fixtures";

test("from booking to moving, cancelling and booking anew, by nothing but what the pages show", async ({
  page,
  managing,
  api,
  guest,
}) => {
  const booking = new BookingPage(page);
  await booking.arrive("intro");
  await booking.chooseDay("2026-12-10");
  const first = (await booking.readings())[4] ?? "";
  await booking.time(first).click();
  await booking.fill(guest);
  await booking.book();

  await page.getByRole("link", { name: "Change or cancel" }).click();
  await managing.shows("You are booked");
  await expect(managing.main).toContainText(`Thursday 10 December, ${first} to `);

  await managing.goMove();
  await managing.choosing.chooseDay("2026-12-11");
  const second = (await managing.choosing.readings())[6] ?? "";
  await managing.choosing.time(second).click();
  await expect(managing.dialog).toContainText(
    `from Thursday 10 December, ${first} to Friday 11 December, ${second}.`,
  );
  await managing.confirmMove.click();
  await managing.shows("Your booking is moved");

  await managing.cancel.click();
  await managing.reason.fill("The train does not run on Fridays.");
  await managing.confirmCancel.click();
  await managing.shows("Your booking is cancelled");
  await expect(managing.main).toContainText("The train does not run on Fridays.");
  await expect
    .poll(async () => (await api.lettersTo(guest.email)).map(({ text }) => text).join())
    .toContain("The train does not run on Fridays.");

  await page.getByRole("link", { name: "Book another time" }).click();
  await booking.chooseDay("2026-12-11");
  await expect(booking.time(second), "the time is free again").toBeVisible();
});

test("the booking can be put into a calendar while it takes place, and no longer", async ({
  page,
  managing,
  book,
  playwright,
}) => {
  const { booking, calendar, manage_url } = await book("demo");
  await managing.arrive(manage_url);
  const link = (name: string) => page.getByRole("link", { name, exact: true });
  await expect(link("Google Calendar")).toHaveAttribute("href", calendar.google_url);
  await expect(link("Outlook")).toHaveAttribute("href", calendar.outlook_url);
  await expect(link("Microsoft 365")).toHaveAttribute("href", calendar.office365_url);
  const http = await playwright.request.newContext();
  const file = await http.get((await link("Calendar file").getAttribute("href")) ?? "");
  const stamp = new Date(booking.start).toISOString().replace(/[-:]|\.000/g, "");
  expect(await file.text()).toMatch(
    new RegExp(`DTSTART(:${stamp}|;TZID=[^:]+:${wall.dateOf(booking.start).replaceAll("-", "")})`),
  );
  await http.dispose();
  await managing.cancel.click();
  await managing.confirmCancel.click();
  await managing.shows("Your booking is cancelled");
  await expect(link("Google Calendar")).toHaveCount(0);
});

test.describe("on a German phone", () => {
  test.use({ locale: "de-DE", viewport: { width: 360, height: 740 } });

  test("the day reads as one says it", async ({ page, managing, book }) => {
    const { booking, manage_url } = await book("demo");
    await managing.open(manage_url);
    await managing.shows("Ihr Termin ist gebucht");
    const day = new RegExp(`^(\\w+tag|Mittwoch), ${Number(booking.start.slice(8, 10))}\\. Dezember$`);
    await expect(page.getByText(day)).toBeVisible();
  });
});
