import { expect, test } from "../support/fixtures";
import { LOAD_FAILED } from "../support/replies";

// In winter it is nine hours later in Tokyo than in London. What is expected is worked out by hand, and the browser of
// these tests stands in London: whatever still reads as it did there, after another zone was chosen, is a wrong time.

test.beforeEach(({ watch }) => watch.allow(LOAD_FAILED));

test("a time that was taken is said, and others are offered, in the zone that is chosen beside the form", async ({
  booking,
  page,
  api,
  guest,
}) => {
  const start = "2026-12-02T14:30:00+00:00";
  await booking.arrive("intro");
  await booking.choose(start);
  await booking.fill(guest);
  const quicker = await api.book("intro", start, "Quicker", guest.email.replace("ada", "quicker"));
  expect(quicker.status()).toBe(201);
  await booking.submit.click();
  await booking.confirm.click();
  const taken = page.getByRole("alert");
  await expect(taken).toContainText("14:30 has just been taken");
  const others = taken.getByRole("button", { name: /\d\d:\d\d$/ });
  await expect(others).toHaveText(["14:00", "14:15", "14:45"]);

  await booking.chooseZone("Tokyo");
  const header = page.getByRole("heading", { name: /^Wednesday 2 December/ });
  await expect(header).toHaveText(/23:30 to 23:45$/);
  await expect(booking.main).toContainText("your time, Tokyo");
  await expect(taken).toContainText("23:30 has just been taken");
  await expect(others).toHaveText(["23:00", "23:15", "23:45"]);
  await expect(booking.submit).toHaveAccessibleName("Book 23:30");

  await others.nth(2).click();
  await expect(header).toHaveText("Wednesday 2 December, 23:45 to Thursday 3 December, 00:00");
  await expect(booking.submit).toHaveAccessibleName("Book 23:45");
  const sent = page.waitForRequest("/v1/bookings");
  await booking.book();
  expect(new Date((await sent).postDataJSON().start).toISOString()).toBe("2026-12-02T14:45:00.000Z");
  await expect(booking.main).toContainText("Wednesday 2 December, 23:45 to Thursday 3 December, 00:00");
});

test("Forward to a time that was taken meanwhile reads right in the zone of now", async ({
  booking,
  page,
  api,
  guest,
}) => {
  const start = "2026-12-03T14:30:00+00:00";
  await booking.arrive("intro");
  await booking.choose(start);
  await expect(page.getByRole("heading", { name: /^Thursday 3 December/ })).toHaveText(/14:30 to 14:45$/);
  await page.goBack();
  await expect(booking.time("14:30")).toBeChecked();
  const quicker = await api.book("intro", start, "Quicker", guest.email.replace("ada", "quicker"));
  expect(quicker.status()).toBe(201);
  await booking.chooseZone("Tokyo");
  await booking.chooseDay("2026-12-03");
  await expect(booking.time("23:15")).toBeVisible();
  await expect(booking.time("23:30"), "it is gone").toHaveCount(0);

  await page.goForward();
  await expect(page.getByRole("heading", { name: /^Thursday 3 December/ })).toHaveText(/23:30 to 23:45$/);
  await expect(booking.main).toContainText("your time, Tokyo");
  await expect(booking.submit).toHaveAccessibleName("Book 23:30");
});
