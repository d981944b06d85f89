import type { Page, Route } from "@playwright/test";
import type { BookingPage } from "../support/booking-page";
import { expect, test } from "../support/fixtures";
import { BOOKINGS, Bookings, Gate, LOAD_FAILED, once, refuse, SLOTS } from "../support/replies";
import { inventZone } from "../support/states";
import * as wall from "../support/wall";

const SPAN = { from: "2026-11-23", to: "2026-12-31", zone: "Europe/London" };
const TYPED = "It may be five minutes later.";

test.beforeEach(({ watch }) => watch.allow(LOAD_FAILED));

test("a time that was taken while typing keeps the form and offers others", async ({
  booking,
  page,
  api,
  guest,
}) => {
  await booking.arrive("intro");
  const day = (await api.slots("intro", SPAN)).days[1];
  const start = day?.slots[3] ?? "";
  await booking.choose(start);
  await booking.fill(guest);
  await page.getByRole("textbox", { name: /^Anything to add/ }).fill(TYPED);
  const quicker = await api.book("intro", start, "Quicker", guest.email.replace("ada", "quicker"));
  expect(quicker.status()).toBe(201);

  await booking.submit.click();
  await booking.confirm.click();
  await expect(page.getByText(`${wall.time(start)} has just been taken`)).toBeVisible();
  await expect(booking.dialog).toBeHidden();
  await booking.keepsFocus();
  await expect(booking.name).toHaveValue(guest.name);
  await expect(page.getByRole("textbox", { name: /^Anything to add/ })).toHaveValue(TYPED);
  await expect(booking.button("Choose another time")).toBeVisible();

  const others = page.getByRole("alert").getByRole("button", { name: /\d\d:\d\d$/ });
  await expect(others).toHaveCount(3);
  const other = others.first();
  const reading = (await other.innerText()).match(/\d\d:\d\d/)?.[0] ?? "";
  expect(reading).not.toBe(wall.time(start));
  await other.click();
  await booking.keepsFocus();
  await expect(booking.submit).toHaveAccessibleName(`Book ${reading}`);
  await expect(page.getByRole("textbox", { name: /^Anything to add/ })).toHaveValue(TYPED);
  await booking.book();
  await expect
    .poll(async () => (await api.lettersTo(guest.email)).map(({ text }) => text).join())
    .toContain(TYPED);
});

test("choosing another time instead shows a list without the one that is gone", async ({
  booking,
  page,
  api,
  guest,
}) => {
  await booking.arrive("intro");
  const start = (await api.slots("intro", SPAN)).days[3]?.slots[2] ?? "";
  await booking.choose(start);
  await booking.fill(guest);
  await api.book("intro", start, "Quicker", guest.email.replace("ada", "quicker"));
  await booking.submit.click();
  await booking.confirm.click();
  await booking.button("Choose another time").click();
  await expect(booking.times.first()).toBeVisible();
  await booking.keepsFocus();
  await expect(booking.time(wall.time(start))).toHaveCount(0);
  await booking.times.first().click();
  await expect(booking.name).toHaveValue(guest.name);
  expect(await page.getByRole("button", { name: /^Book / }).count()).toBe(1);
});

type Breakage = {
  readonly name: string;
  readonly bring: (page: Page) => Promise<void>;
  readonly said: RegExp;
};

const BREAKAGES: readonly Breakage[] = [
  { name: "500", bring: breaking((route) => refuse(route, 500, "failed")), said: /wrong on our side/ },
  {
    name: "no answer",
    bring: breaking((route) => route.abort("connectionreset")),
    said: /Check your connection/,
  },
  {
    name: "an answer that is none",
    bring: breaking((route) => route.fulfill({ status: 200, body: "<html>" })),
    said: /Check your connection/,
  },
  {
    name: "429",
    bring: breaking((route) => refuse(route, 429, "too-many-requests", { retryAfter: 47 })),
    said: /Try again in 47 seconds/,
  },
  {
    name: "503",
    bring: breaking((route) => refuse(route, 503, "busy", { retryAfter: 2 })),
    said: /Try again in 2 seconds/,
  },
  {
    name: "a broken gateway",
    bring: breaking((route) =>
      route.fulfill({ status: 502, contentType: "text/html", body: "<h1>502</h1>" }),
    ),
    said: /Try again/,
  },
];

for (const { name, bring, said } of BREAKAGES) {
  test(`after ${name}, trying again books once, with the same key`, async ({ booking, page, api, guest }) => {
    const bookings = new Bookings(page);
    await bring(page);
    await booking.arrive("demo");
    await booking.times.first().click();
    await booking.fill(guest);
    await page.getByRole("textbox", { name: /^Anything to add/ }).fill(TYPED);
    await booking.submit.click();
    await booking.confirm.click();
    await expect(page.getByText(said).first()).toBeVisible();
    await booking.keepsFocus();
    await expect(page.locator("textarea").last()).toHaveValue(TYPED);

    await again(booking);
    await expect(booking.booked).toBeVisible();
    expect(bookings.requests).toHaveLength(2);
    expect(bookings.keys[0]).toMatch(/^[\x21-\x7e]{8,128}$/);
    expect(bookings.keys[1]).toBe(bookings.keys[0]);
    await expect.poll(async () => (await api.lettersTo(guest.email)).length).toBe(1);
  });
}

test("a reply that got lost after the booking was made books nothing twice", async ({
  booking,
  page,
  api,
  guest,
}) => {
  const bookings = new Bookings(page);
  let lost = false;
  await page.route(BOOKINGS, async (route) => {
    if (lost) return route.continue();
    lost = true;
    await route.fetch();
    await route.abort("connectionreset");
  });
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.submit.click();
  await booking.confirm.click();
  await expect(page.getByText(/Check your connection/).first()).toBeVisible();
  await again(booking);
  await expect(booking.booked).toBeVisible();
  expect(new Set(bookings.keys).size).toBe(1);
  await expect.poll(async () => (await api.lettersTo(guest.email)).length).toBe(1);
});

test("a request that is changed after it was refused goes out under the same key", async ({
  booking,
  page,
  guest,
}) => {
  const bookings = new Bookings(page);
  await once(page, BOOKINGS, (route) => refuse(route, 422, "not-offered", { reason: "notice" }));
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.submit.click();
  await booking.confirm.click();
  await booking.button("Choose another time").click();
  await booking.times.nth(1).click();
  await booking.book();
  expect(bookings.keys[1]).toBe(bookings.keys[0]);
});

test("offline while loading, then online again", async ({ booking, page, context }) => {
  await booking.arrive("demo");
  await page.route(/\/v1\//, (route) => route.abort("internetdisconnected"));
  await page.reload();
  await expect(page.getByText("Check your connection").first()).toBeVisible();
  await booking.button("Try again").focus();
  await page.unroute(/\/v1\//);
  await page.keyboard.press("Enter");
  await expect(booking.times.first()).toBeVisible();
  await booking.keepsFocus();
  expect(context.pages()).toHaveLength(1);
});

test("offline while booking: what was typed stays", async ({ booking, page, context, guest }) => {
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await context.setOffline(true);
  await booking.submit.click();
  await booking.confirm.click();
  await expect(page.getByText("Check your connection").first()).toBeVisible();
  await context.setOffline(false);
  await again(booking);
  await expect(booking.booked).toBeVisible();
});

test("a server that never answers is given up after 20 seconds, and what was typed stays", async ({
  booking,
  page,
  guest,
}) => {
  const bookings = new Bookings(page);
  const gate = new Gate();
  await gate.at(page, BOOKINGS);
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await page.getByRole("textbox", { name: /^Anything to add/ }).fill(TYPED);
  await booking.submit.click();
  await booking.confirm.click();
  await expect(booking.button("Booking …")).toBeVisible();
  await page.clock.runFor(15_000);
  await expect(booking.button("Booking …")).toBeVisible();
  await page.clock.runFor(6_000);
  await expect(booking.dialog.getByRole("alert")).toContainText("Check your connection");
  await booking.dialog.getByRole("button", { name: "Back" }).click();
  await expect(booking.name).toHaveValue(guest.name);
  await expect(page.getByRole("textbox", { name: /^Anything to add/ })).toHaveValue(TYPED);
  expect(bookings.requests).toHaveLength(1);
});

test("free times that never come are given up, and can be asked for again", async ({ booking, page }) => {
  const gate = new Gate();
  await gate.at(page, SLOTS);
  await booking.open("demo");
  await expect(page.getByRole("heading", { name: "Product demo" })).toBeVisible();
  await page.clock.runFor(21_000);
  await expect(page.getByText("Check your connection")).toBeVisible();
  await page.unroute(SLOTS);
  await booking.button("Try again").click();
  await expect(booking.times.first()).toBeVisible();
});

test("free times that answer 500 can be asked for again", async ({ booking, page }) => {
  let asked = 0;
  await page.route(SLOTS, (route) => {
    asked += 1;
    return asked === 1 ? refuse(route, 500, "failed") : route.continue();
  });
  await booking.open("demo");
  await booking.button("Try again").click();
  await expect(booking.times.first()).toBeVisible();
  await booking.keepsFocus();
});

test("a part of the page that cannot be had is asked for again", async ({ booking, page, guest }) => {
  const parts = /\/assets\/(?!book-).*\.js$/;
  await page.route(parts, (route) => route.abort());
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.button("Try again").focus();
  await page.unroute(parts);
  await page.keyboard.press("Enter");
  await booking.fill(guest);
  await booking.keepsFocus();
});

test("a slow answer is said after three seconds, and then shown", async ({ booking, page }) => {
  const gate = new Gate();
  await gate.at(page, SLOTS);
  await booking.open("demo");
  const sentence = page.getByText("This is taking longer than usual.");
  await expect(page.getByRole("heading", { name: "Product demo" })).toBeVisible();
  await page.clock.runFor(1_000);
  await expect(sentence).toBeHidden();
  await page.clock.runFor(3_000);
  await expect(sentence).toBeVisible();
  await gate.open();
  await expect(booking.times.first()).toBeVisible();
  await expect(sentence).toBeHidden();
});

test("an address that leads nowhere says so, and offers nothing else", async ({ booking, page }) => {
  await booking.open("no-such-meeting");
  await expect(page.getByRole("heading", { name: "This page leads nowhere" })).toBeVisible();
  await expect(page.getByText("Check the address")).toBeVisible();
  await expect(page.getByRole("radio")).toHaveCount(0);
});

test("a zone that the browser invents gives way to one there is", async ({ booking, page, guest }) => {
  await inventZone(page);
  await booking.arrive("intro");
  await expect(page.getByText("There is no time zone called “Mars/Olympus”.")).toBeVisible();
  await expect(booking.zone).toHaveAccessibleName(/^Time zone: New York, /);
  const sent = page.waitForRequest(BOOKINGS);
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.book();
  expect((await sent).postDataJSON().time_zone).toBe("America/New_York");
});

for (const [reason, said] of [
  ["notice", "This time is too close by now."],
  ["outside_hours", "Nobody takes meetings at this time."],
  ["window", "This day cannot be booked."],
  ["off_grid", "Meetings do not start at this minute."],
  ["unavailable", "Nobody takes this kind of meeting at present."],
] as const) {
  test(`a time that is not offered says why: ${reason}`, async ({ booking, page, guest }) => {
    await page.route(BOOKINGS, (route) => refuse(route, 422, "not-offered", { reason }));
    await booking.arrive("demo");
    await booking.times.first().click();
    await booking.fill(guest);
    await booking.submit.click();
    await booking.confirm.click();
    await expect(page.getByText(said)).toBeVisible();
    await expect(booking.name).toHaveValue(guest.name);
    await booking.keepsFocus();
  });
}

/** Breaks the first request to book. */
function breaking(answer: (route: Route) => Promise<void>) {
  return (page: Page) => once(page, BOOKINGS, answer);
}

/** The one click that tries the same request once more: the dialog stays open for it. */
async function again({ dialog }: BookingPage): Promise<void> {
  await dialog.getByRole("button", { name: "Try again" }).click();
}
