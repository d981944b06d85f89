import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures";
import { LOAD_FAILED } from "../support/replies";

// The form, the dialogs and the zone search are fetched after the first times stand.
const PARTS = /\/assets\/rest-.*\.js$/;
const MISSING = "This part of the page has not arrived";

test.beforeEach(({ watch }) => watch.allow(LOAD_FAILED));

/** Documents that the page was loaded from. */
function loads(page: Page): { count: number } {
  const seen = { count: 0 };
  page.on("request", (request) => {
    if (request.isNavigationRequest()) seen.count += 1;
  });
  return seen;
}

test("offline, the part is asked for again and nothing is loaded anew", async ({
  booking,
  page,
  guest,
  context,
}) => {
  const loaded = loads(page);
  await page.route(PARTS, (route) => route.abort("internetdisconnected"));
  await booking.arrive("demo");
  await booking.times.first().click();
  const notice = page.getByRole("alert").filter({ hasText: MISSING });
  await expect(notice).toBeFocused();
  await context.setOffline(true);
  await booking.button("Try again").click();
  await expect(notice, "said once more").toBeFocused();
  expect(loaded.count).toBe(1);
  await context.setOffline(false);
  await page.unroute(PARTS);
  await booking.button("Try again").click();
  await booking.fill(guest);
  expect(loaded.count).toBe(1);
});

test("a part that a newer release has taken away is found by loading the page again", async ({
  booking,
  page,
  guest,
}) => {
  const loaded = loads(page);
  await page.route(PARTS, (route) => route.fulfill({ status: 404 }));
  await booking.arrive("demo");
  const time = (await booking.readings())[0] ?? "";
  await booking.times.first().click();
  await expect(page.getByText(MISSING)).toBeVisible();
  // From now on the server hands out the page of the newer release, whose parts are there.
  page.once("framenavigated", () => void page.unroute(PARTS));
  await page.getByRole("button", { name: "Try again" }).click();
  await booking.fill(guest);
  expect(loaded.count).toBe(2);
  await expect(booking.submit, "the time that was chosen").toHaveAccessibleName(`Book ${time}`);
});

test("the zone search that is missing says so under the month", async ({ booking, page }) => {
  await page.route(PARTS, (route) => route.abort());
  await booking.arrive("demo");
  await booking.zone.click();
  await expect(page.getByRole("region", { name: "Choose a day" }).getByRole("alert")).toContainText(MISSING);
  await page.unroute(PARTS);
  await booking.button("Try again").click();
  await expect(page.getByRole("combobox")).toBeFocused();
});
