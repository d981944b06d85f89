import type { Page, Route } from "@playwright/test";
import type { Created } from "../support/api";
import type { BookingPage } from "../support/booking-page";
import { expect, test } from "../support/fixtures";
import { BOOKINGS, Bookings, Gate, LOAD_FAILED, refuse } from "../support/replies";

const NOTE = /^Anything to add/;
const FIRST_ARRIVED = "Your first request has arrived. What you changed afterwards was not sent.";
const ONCE_AT_MOST = /Your request may have arrived all the same\. .* you are booked once at most\.$/;

test.beforeEach(({ watch }) => watch.allow(LOAD_FAILED));

type Spoil = (route: Route) => Promise<void>;
const cut: Spoil = (route) => route.abort("connectionreset");

/** Lets requests to book through, notes what they made, and spoils the first answer on the way back. */
async function lose(page: Page, spoil = cut): Promise<ReadonlySet<string>> {
  const made = new Set<string>();
  let isLost = false;
  await page.route(BOOKINGS, async (route) => {
    const response = await route.fetch();
    if (response.ok()) made.add(((await response.json()) as Created).booking.id);
    if (isLost) return route.fulfill({ response });
    isLost = true;
    await spoil(route);
  });
  return made;
}

type Scene = { readonly booking: BookingPage; readonly guest: { name: string; email: string } };

async function sendOne({ booking, guest }: Scene): Promise<void> {
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.submit.click();
  await booking.confirm.click();
}

/** To the dialog that says that there was no answer, and back to the form. */
async function loseOne(scene: Scene): Promise<void> {
  await sendOne(scene);
  const { dialog } = scene.booking;
  await expect(dialog.getByRole("alert")).toContainText(ONCE_AT_MOST);
  await dialog.getByRole("button", { name: "Back" }).click();
}

/** "14:30" of the button that sends the form. */
async function readingOf({ submit }: BookingPage): Promise<string> {
  return (await submit.innerText()).match(/\d\d:\d\d/)?.[0] ?? "";
}

const told = (page: Page) => page.getByText(FIRST_ARRIVED, { exact: true });

test("a note that is added after a lost answer books nothing twice", async ({ booking, page, guest }) => {
  const made = await lose(page);
  await loseOne({ booking, guest });
  await page.getByRole("textbox", { name: NOTE }).fill("It may be five minutes later.");
  await booking.book();
  await expect(told(page)).toBeVisible();
  await booking.keepsFocus();
  expect(made.size).toBe(1);
});

test("another time that is chosen after a lost answer books nothing twice", async ({
  booking,
  page,
  guest,
}) => {
  const made = await lose(page);
  await loseOne({ booking, guest });
  const first = await readingOf(booking);
  await booking.button("Change the time").click();
  await booking.times.nth(2).click();
  await booking.book();
  await expect(booking.main).toContainText(`${first} to`);
  await expect(told(page)).toBeVisible();
  expect(made.size).toBe(1);
});

test("another time that is chosen after a request that never arrived is the one that is booked", async ({
  booking,
  page,
  guest,
  api,
  context,
}) => {
  const bookings = new Bookings(page);
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.submit.click();
  await context.setOffline(true);
  await booking.confirm.click();
  await expect(booking.dialog.getByRole("alert")).toContainText("Check your connection, then try again.");
  await booking.dialog.getByRole("button", { name: "Back" }).click();
  await context.setOffline(false);
  const first = await readingOf(booking);
  await booking.button("Change the time").click();
  await booking.times.nth(2).click();
  const second = await readingOf(booking);
  expect(second).not.toBe(first);
  await booking.book();
  await expect(booking.main).toContainText(`${second} to`);
  await expect(told(page)).toBeHidden();
  expect(bookings.keys).toEqual([bookings.keys[0], bookings.keys[0]]);
  await expect.poll(async () => (await api.lettersTo(guest.email)).length).toBe(1);
});

for (const where of ["the form", "the times"]) {
  test(`a page that is loaded again at ${where} still knows of a lost answer`, async ({
    booking,
    page,
    guest,
  }) => {
    const made = await lose(page);
    const bookings = new Bookings(page);
    await loseOne({ booking, guest });
    const first = await readingOf(booking);
    if (where === "the times") await booking.button("Change the time").click();
    await page.reload();
    if (where === "the form") await booking.button("Change the time").click();
    await booking.times.nth(1).click();
    await booking.fill({ ...guest, name: "Ada King" });
    await booking.book();
    await expect(booking.main).toContainText(`${first} to`);
    await expect(told(page)).toBeVisible();
    expect(made.size).toBe(1);

    await booking.another();
    await booking.times.nth(1).click();
    await booking.fill(guest);
    await booking.book();
    await expect(told(page)).toBeHidden();
    expect(made.size).toBe(2);
    expect(bookings.keys.at(-1)).not.toBe(bookings.keys[0]);
  });
}

test("a page that is loaded again before there was an answer knows of the request", async ({
  booking,
  page,
  guest,
}) => {
  const made = await lose(page, () => new Promise(() => undefined));
  await sendOne({ booking, guest });
  await expect.poll(() => made.size).toBe(1);
  await page.reload();
  await page.getByRole("textbox", { name: NOTE }).fill("And tea.");
  await booking.book();
  await expect(told(page)).toBeVisible();
  expect(made.size).toBe(1);
});

for (const [status, name] of [
  [500, "failed"],
  [503, "unavailable"],
] as const) {
  test(`a breakdown after the booking was made books nothing twice: ${status}`, async ({
    booking,
    page,
    guest,
  }) => {
    const made = await lose(page, (route) => refuse(route, status, name));
    await sendOne({ booking, guest });
    await expect(booking.dialog.getByRole("alert")).toContainText(ONCE_AT_MOST);
    await booking.dialog.getByRole("button", { name: "Try again" }).click();
    await expect(booking.booked).toBeVisible();
    await expect(told(page)).toBeHidden();
    expect(made.size).toBe(1);
  });
}

test("what was booked is looked for until it is found, and everything is kept until then", async ({
  booking,
  page,
  guest,
}) => {
  const made = await lose(page);
  await loseOne({ booking, guest });
  await page.getByRole("textbox", { name: NOTE }).fill("And tea.");
  let asked = 0;
  await page.route(BOOKINGS, (route) => {
    asked += 1;
    return asked === 2 ? cut(route) : route.fallback();
  });
  await booking.submit.click();
  await booking.confirm.click();
  await expect(booking.dialog.getByRole("alert")).toContainText("Check your connection");
  await booking.keepsFocus();
  expect(asked).toBe(2);
  await booking.dialog.getByRole("button", { name: "Try again" }).click();
  await expect(told(page)).toBeVisible();
  expect(made.size).toBe(1);
});

test("a request that arrives after another was booked changes nothing", async ({ booking, page, guest }) => {
  const late = new Gate();
  await late.at(page, BOOKINGS, 1);
  const bookings = new Bookings(page);
  await sendOne({ booking, guest });
  await expect.poll(() => bookings.requests.length).toBe(1);
  await page.goBack();
  await booking.times.nth(2).click();
  const second = await readingOf(booking);
  await booking.book();
  const answered = page.waitForResponse(BOOKINGS);
  await late.open();
  expect((await answered).status()).toBe(422);
  await expect(booking.main).toContainText(`${second} to`);
  await expect(told(page)).toBeHidden();
  await page.reload();
  await expect(booking.main).toContainText(`${second} to`);
});

test("a limit that is reached meanwhile does not claim that nothing was booked", async ({
  booking,
  page,
  guest,
}) => {
  const made = await lose(page);
  await loseOne({ booking, guest });
  await page.getByRole("textbox", { name: NOTE }).fill("And tea.");
  let isLimited = true;
  await page.route(BOOKINGS, (route) =>
    isLimited ? refuse(route, 429, "too-many-requests", { retryAfter: 47 }) : route.fallback(),
  );
  await booking.submit.click();
  await booking.confirm.click();
  await expect(booking.dialog.getByRole("alert")).toContainText("Try again in 47 seconds. Your request may");
  await expect(booking.dialog).not.toContainText("Nothing was booked");
  isLimited = false;
  await booking.dialog.getByRole("button", { name: "Try again" }).click();
  await expect(told(page)).toBeVisible();
  expect(made.size).toBe(1);
});

test("a limit that is reached at once says that nothing was booked", async ({ booking, page, guest }) => {
  await page.route(BOOKINGS, (route) => refuse(route, 429, "too-many-requests", { retryAfter: 47 }));
  await sendOne({ booking, guest });
  await expect(booking.dialog.getByRole("alert")).toContainText(
    "Nothing was booked. Try again in 47 seconds.",
  );
  await expect(booking.dialog).not.toContainText("may have arrived");
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
      await booking.button("Change the time").click();
      await booking.times.nth(1).click();
      await booking.name.fill("Ada King");
      await booking.book();
      await expect(told(page)).toBeVisible();
      expect(made.size).toBe(1);
    });
  }
});
