import type { Page } from "@playwright/test";
import type { Created } from "../support/api";
import type { BookingPage } from "../support/booking-page";
import { expect, test } from "../support/fixtures";
import { BOOKINGS, Bookings, LOAD_FAILED, refuse } from "../support/replies";

const NOTE = /^Anything to add/;
const UNSURE = /^We do not know whether your request for \w+day .*, \d\d:\d\d arrived$/;

test.beforeEach(({ watch }) => watch.allow(LOAD_FAILED));

/** Lets requests to book through, notes what they made, and loses the first answers on the way back. */
async function lose(page: Page, answers = 1): Promise<ReadonlySet<string>> {
  const made = new Set<string>();
  let lost = 0;
  await page.route(BOOKINGS, async (route) => {
    const response = await route.fetch();
    if (response.ok()) made.add(((await response.json()) as Created).booking.id);
    lost += 1;
    if (lost <= answers) await route.abort("connectionreset");
    else await route.fulfill({ response });
  });
  return made;
}

type Scene = { readonly booking: BookingPage; readonly guest: { name: string; email: string } };

/** To the dialog that says that there was no answer, and back to the form. */
async function loseOne({ booking, guest }: Scene): Promise<void> {
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.submit.click();
  await booking.confirm.click();
  await expect(booking.dialog.getByText(/you will not be booked twice/)).toBeVisible();
  await booking.dialog.getByRole("button", { name: "Back" }).click();
}

const unsure = (page: Page) => page.getByRole("heading", { name: UNSURE });

test("a note that is added after a lost answer books nothing twice", async ({ booking, page, guest }) => {
  const made = await lose(page);
  await loseOne({ booking, guest });
  await expect(unsure(page)).toBeVisible();
  await page.getByRole("textbox", { name: NOTE }).fill("It may be five minutes later.");
  await booking.submit.click();
  await expect(booking.dialog).toContainText("It is sent once more first");
  await booking.confirm.click();
  await expect(booking.booked).toBeVisible();
  await expect(page.getByText("Your first request has arrived.")).toBeVisible();
  expect(made.size).toBe(1);
});

test("another time that is chosen after a lost answer books nothing twice", async ({
  booking,
  page,
  guest,
}) => {
  const made = await lose(page);
  await loseOne({ booking, guest });
  const first = (await booking.submit.innerText()).match(/\d\d:\d\d/)?.[0] ?? "";
  await booking.button("Change the time").click();
  await expect(unsure(page)).toBeVisible();
  await booking.times.nth(2).click();
  await booking.book();
  await expect(booking.main).toContainText(`${first} to`);
  await expect(page.getByText("Your first request has arrived.")).toBeVisible();
  expect(made.size).toBe(1);
});

for (const where of ["the form", "the times"]) {
  test(`a page that is loaded again at ${where} still knows of a lost answer`, async ({
    booking,
    page,
    guest,
  }) => {
    const made = await lose(page);
    await loseOne({ booking, guest });
    if (where === "the times") await booking.button("Change the time").click();
    await page.reload();
    await expect(unsure(page)).toBeVisible();
    if (where === "the times") await booking.times.nth(1).click();
    await booking.fill({ ...guest, name: "Ada King" });
    await booking.book();
    await expect(page.getByText("Your first request has arrived.")).toBeVisible();
    expect(made.size).toBe(1);

    await page.getByRole("button", { name: "Book another time" }).click();
    await expect(unsure(page)).toBeHidden();
    await page.reload();
    await expect(booking.times.first()).toBeVisible();
    await expect(unsure(page)).toBeHidden();
  });
}

test("a page that is loaded again before there was an answer knows of the request", async ({
  booking,
  page,
  guest,
}) => {
  const made = new Set<string>();
  let held = false;
  await page.route(BOOKINGS, async (route) => {
    const response = await route.fetch();
    made.add(((await response.json()) as Created).booking.id);
    if (held) return route.fulfill({ response });
    held = true;
  });
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.submit.click();
  await booking.confirm.click();
  await expect.poll(() => made.size).toBe(1);
  await page.reload();
  await expect(unsure(page)).toBeVisible();
  await page.getByRole("textbox", { name: NOTE }).fill("And tea.");
  await booking.book();
  expect(made.size).toBe(1);
});

test("finding out shows the booking that was made", async ({ booking, page, guest }) => {
  const made = await lose(page);
  await loseOne({ booking, guest });
  await booking.button("Find out").click();
  await expect(booking.booked).toBeVisible();
  await booking.keepsFocus();
  expect(made.size).toBe(1);
  await page.reload();
  await expect(booking.booked).toBeVisible();
});

test("finding out from the times leads a step further", async ({ booking, page, guest }) => {
  const made = await lose(page);
  await loseOne({ booking, guest });
  await page.goBack();
  await booking.button("Find out").click();
  await expect(booking.booked).toBeVisible();
  await page.goBack();
  await expect(booking.times.first()).toBeVisible();
  await expect(unsure(page)).toBeHidden();
  expect(made.size).toBe(1);
});

test("finding out that it was refused lets the guest go on", async ({ booking, page, guest }) => {
  const bookings = new Bookings(page);
  let asked = 0;
  await page.route(BOOKINGS, async (route) => {
    asked += 1;
    if (asked === 1) return route.abort("connectionreset");
    if (asked === 2) return refuse(route, 409, "slot-taken", { alternatives: [] });
    return route.continue();
  });
  await loseOne({ booking, guest });
  await booking.button("Find out").click();
  await expect(page.getByRole("alert")).toContainText(/^Nothing was booked for \w+day/);
  await booking.keepsFocus();
  await expect(unsure(page)).toBeHidden();
  await expect(booking.name).toHaveValue(guest.name);
  await booking.button("Change the time").click();
  await booking.times.nth(1).click();
  await booking.book();
  expect(bookings.keys[1]).toBe(bookings.keys[0]);
  expect(bookings.keys[2]).not.toBe(bookings.keys[0]);
});

test("what is wanted else goes out by itself once the first is refused", async ({ booking, page, guest }) => {
  const bookings = new Bookings(page);
  let asked = 0;
  await page.route(BOOKINGS, async (route) => {
    asked += 1;
    if (asked === 1) return refuse(route, 500, "failed");
    return asked === 2 ? refuse(route, 422, "not-offered", { reason: "notice" }) : route.continue();
  });
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.submit.click();
  await booking.confirm.click();
  await expect(page.getByText(/wrong on our side/).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await booking.name.fill("Ada King");
  await booking.book();
  await expect(page.getByText("Your first request has arrived.")).toBeHidden();
  expect(bookings.keys[1]).toBe(bookings.keys[0]);
  expect(bookings.keys[2]).not.toBe(bookings.keys[0]);
  expect(bookings.requests[2]?.postDataJSON().attendee.name).toBe("Ada King");
});

test("offline, finding out says so and keeps everything", async ({ booking, page, guest, context }) => {
  await lose(page);
  await loseOne({ booking, guest });
  await page.getByRole("textbox", { name: NOTE }).fill("And tea.");
  await page.unroute(BOOKINGS);
  await context.setOffline(true);
  await booking.button("Find out").click();
  await expect(page.getByRole("alert")).toContainText("Check your connection");
  await booking.keepsFocus();
  await expect(page.getByRole("textbox", { name: NOTE })).toHaveValue("And tea.");
  await context.setOffline(false);
  await booking.button("Find out").click();
  await expect(booking.booked).toBeVisible();
});

test("a server that answers and never tells holds nobody up for ever", async ({ booking, page, guest }) => {
  const bookings = new Bookings(page);
  await page.route(BOOKINGS, (route) => {
    const isFirst = route.request().headers()["idempotency-key"] === bookings.keys[0];
    return isFirst ? refuse(route, 500, "failed") : route.continue();
  });
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.submit.click();
  await booking.confirm.click();
  await expect(page.getByText(/wrong on our side/).first()).toBeVisible();
  await booking.dialog.getByRole("button", { name: "Back" }).click();
  await booking.button("Find out").click();
  await booking.button("Go on without it").click();
  await expect(unsure(page)).toBeHidden();
  await booking.name.fill("Ada King");
  await booking.book();
});

test("a limit that is reached meanwhile does not claim that nothing was booked", async ({
  booking,
  page,
  guest,
}) => {
  const made = await lose(page);
  await loseOne({ booking, guest });
  await page.route(BOOKINGS, (route) => refuse(route, 429, "too-many-requests", { retryAfter: 47 }));
  await page.getByRole("textbox", { name: NOTE }).fill("And tea.");
  await booking.submit.click();
  await booking.confirm.click();
  await expect(booking.dialog.getByRole("alert")).toContainText("Try again in 47 seconds.");
  await expect(booking.dialog).not.toContainText("Nothing was booked");
  await page.unroute(BOOKINGS);
  await page.route(BOOKINGS, (route) => route.continue());
  await booking.dialog.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Your first request has arrived.")).toBeVisible();
  expect(made.size).toBe(1);
});

test.describe("in a browser that keeps nothing", () => {
  for (const [name, spoil] of Object.entries({
    "because it may not": () => {
      Object.defineProperty(globalThis, "sessionStorage", {
        get: () => {
          throw new DOMException("denied", "SecurityError");
        },
      });
    },
    "because it is full": () => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    },
  })) {
    test(`nothing is booked twice as long as the page stays, ${name}`, async ({ booking, page, guest }) => {
      await page.addInitScript(spoil);
      const made = await lose(page);
      await loseOne({ booking, guest });
      await booking.name.fill("Ada King");
      await booking.book();
      expect(made.size).toBe(1);
    });
  }
});
