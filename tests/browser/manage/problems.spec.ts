import type { Route } from "@playwright/test";
import { Gate, LOAD_FAILED, MEETING_TYPE, once, refuse } from "../support/replies";
import * as wall from "../support/wall";
import { expect, test } from "./support/fixtures";
import { BOOKING, CANCEL, MOVES, RESCHEDULE, Writes } from "./support/replies";
import { lookAgain } from "./support/states";

const DAY = "2026-12-09";

test.beforeEach(({ watch }) => watch.allow(LOAD_FAILED));

const BENT: Readonly<Record<string, (link: string, other: string) => string>> = {
  "with another last letter": (link) => link.slice(0, -2) + (link.endsWith("A") ? "QQ" : "AA"),
  "of another booking": (link, other) => `${link.split(".")[0]}.${other.slice(other.lastIndexOf(".") + 1)}`,
  "of no booking": (link) => link.replace(/#\w{8}/, "#00000000"),
  "that is shorter": (link) => link.slice(0, -1),
  "of letters only": (link) => link.replace(/#.*/, "#nonsense"),
  "that is a script": (link) => link.replace(/#.*/, "#<img src=x onerror=hacked(1)>.x"),
};

for (const [name, bend] of Object.entries(BENT)) {
  test(`a link ${name} opens nothing, and says only that`, async ({ page, managing, book }) => {
    const [mine, other] = [await book("demo"), await book("intro")];
    await managing.open(
      bend(mine.manage_url, other.manage_url).replace("localhost", new URL(mine.manage_url).hostname),
    );
    await managing.shows("This link opens no booking");
    await expect(page.getByText("Use the link in the latest email about your booking.")).toBeVisible();
    await expect(page.getByRole("button")).toHaveCount(0);
    await expect(managing.main).not.toContainText(/Product demo|Introduction|Ada/);
  });
}

test("an address without its end says what is missing", async ({ page, managing }) => {
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("/v1/") && asked.push(request.url()));
  await page.goto("/manage/");
  await managing.shows("This address is not complete");
  expect(asked).toEqual([]);
});

test("another link that is pasted over the first shows the other booking", async ({
  page,
  managing,
  book,
}) => {
  const [one, other] = [await book("demo"), await book("intro")];
  await managing.arrive(one.manage_url);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, new URL(other.manage_url).hash);
  await expect(managing.main).toContainText("Introduction");
  await page.goBack();
  await expect(managing.main).toContainText("Product demo");
});

test("what a mail program took for a part of the link does no harm", async ({ managing, book }) => {
  await managing.arrive(`${(await book("demo")).manage_url}).`);
});

test("offline at first, then online", async ({ page, managing, book }) => {
  await page.route(BOOKING, (route) => route.abort("internetdisconnected"));
  await managing.open((await book("demo")).manage_url);
  await managing.shows("No connection to the server");
  await managing.choosing.button("Try again").focus();
  await page.unroute(BOOKING);
  await page.keyboard.press("Enter");
  await managing.shows("You are booked");
});

test("a slow answer is said after three seconds, and then shown", async ({ page, managing, book }) => {
  const gate = new Gate();
  await gate.at(page, BOOKING);
  await managing.open((await book("demo")).manage_url);
  await expect(page.getByText("Looking for your booking …")).toBeAttached();
  await page.clock.runFor(4_000);
  await expect(page.getByText("This is taking longer than usual.")).toBeVisible();
  await gate.open();
  await managing.shows("You are booked");
});

test("a meeting type that keeps everybody waiting, or is gone, keeps nobody from the booking", async ({
  page,
  managing,
  book,
}) => {
  const gate = new Gate();
  await gate.at(page, MEETING_TYPE);
  const { manage_url } = await book("demo");
  await managing.open(manage_url);
  await expect(page.getByText("Looking for your booking …")).toBeAttached();
  await page.clock.runFor(4_000);
  await managing.shows("You are booked");
  await gate.open();
  await page.unrouteAll();
  await page.route(MEETING_TYPE, (route) => refuse(route, 404, "meeting-type-unknown"));
  await page.reload();
  await managing.shows("You are booked");
  await expect(page.getByRole("link", { name: "Book another time" })).toHaveCount(0);
});

const BREAKAGES: Readonly<Record<string, readonly [(route: Route) => Promise<void>, RegExp]>> = {
  "500": [(route) => refuse(route, 500, "failed"), /wrong on our side/],
  "no answer": [(route) => route.abort("connectionreset"), /nothing happens twice/],
  "an answer that is none": [
    (route) => route.fulfill({ status: 200, body: "<html>" }),
    /Check your connection/,
  ],
  "429": [
    (route) => refuse(route, 429, "too-many-requests", { retryAfter: 47 }),
    /Nothing was changed. Try again in 47 seconds/,
  ],
  "503": [(route) => refuse(route, 503, "busy", { retryAfter: 2 }), /Try again in 2 seconds/],
};

for (const [name, [answer, said]] of Object.entries(BREAKAGES)) {
  test(`after ${name}, a move is tried again under the same key`, async ({ page, managing, book }) => {
    const writes = new Writes(page);
    await once(page, RESCHEDULE, answer);
    await managing.arrive((await book("demo")).manage_url);
    await managing.goMove();
    await managing.choosing.chooseDay(DAY);
    await managing.choosing.times.first().click();
    await managing.confirmMove.click();
    await expect(page.getByText(said)).toBeVisible();
    await managing.keepsFocus();
    await managing.confirmMove.click();
    await managing.shows("Your booking is moved");
    expect(new Set(writes.keys).size).toBe(1);
    expect(writes.requests).toHaveLength(2);
  });

  test(`after ${name}, a cancellation keeps its reason and its key`, async ({ page, managing, book }) => {
    const writes = new Writes(page);
    await once(page, CANCEL, answer);
    await managing.arrive((await book("demo")).manage_url);
    await managing.cancel.click();
    await managing.reason.fill("I am ill.");
    await managing.confirmCancel.click();
    await expect(page.getByText(said)).toBeVisible();
    await expect(managing.reason).toHaveValue("I am ill.");
    await managing.keepsFocus();
    await managing.confirmCancel.click();
    await managing.shows("Your booking is cancelled");
    expect(new Set(writes.keys).size).toBe(1);
  });
}

test("a reply that got lost after the move was made moves nothing twice", async ({
  page,
  managing,
  book,
  api,
  guest,
}) => {
  const writes = new Writes(page);
  await once(page, RESCHEDULE, async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await managing.arrive((await book("demo")).manage_url);
  await managing.goMove();
  await managing.choosing.chooseDay(DAY);
  await managing.choosing.times.nth(2).click();
  await managing.confirmMove.click();
  await expect(page.getByText(/nothing happens twice/)).toBeVisible();
  await managing.confirmMove.click();
  await managing.shows("Your booking is moved");
  await expect(managing.main).toContainText("You have moved Product demo");
  expect(new Set(writes.keys).size).toBe(1);
  await expect.poll(async () => (await api.lettersTo(guest.email)).length).toBe(2);
});

test("a changed wish has a key of its own", async ({ page, managing, book }) => {
  const writes = new Writes(page);
  await once(page, CANCEL, (route) => refuse(route, 500, "failed"));
  await managing.arrive((await book("demo")).manage_url);
  await managing.cancel.click();
  await managing.confirmCancel.click();
  await expect(page.getByText(/wrong on our side/)).toBeVisible();
  await managing.reason.fill("I am ill.");
  await managing.confirmCancel.click();
  await managing.shows("Your booking is cancelled");
  expect(new Set(writes.keys).size).toBe(2);
});

test("a time that was taken while choosing offers others, and the booking stands", async ({
  page,
  managing,
  book,
  api,
  guest,
}) => {
  const { booking, manage_url } = await book("intro");
  await managing.arrive(manage_url);
  await managing.goMove();
  const { days } = await api.slots("intro", { from: DAY, to: DAY, zone: "Europe/London" });
  const start = days[0]?.slots[5] ?? "";
  await managing.choosing.chooseDay(DAY);
  await managing.choosing.time(wall.time(start)).click();
  const quicker = await api.book("intro", start, "Quicker", guest.email.replace("ada", "quicker"));
  expect(quicker.status()).toBe(201);
  await managing.confirmMove.click();
  await expect(page.getByText(`${wall.time(start)} has just been taken`)).toBeVisible();
  await expect(page.getByText("Your booking stands as it was.")).toBeVisible();
  await expect(managing.dialog).toBeHidden();
  await managing.keepsFocus();
  await expect(managing.choosing.time(wall.time(start))).toHaveCount(0);
  const near = page
    .getByRole("alert")
    .getByRole("button", { name: /^\d\d:\d\d$/ })
    .first();
  const reading = await near.innerText();
  await near.click();
  await expect(managing.dialog).toContainText(`${wall.day(booking.start)}, ${wall.time(booking.start)} to `);
  await managing.dialog.getByRole("button", { name: `Move to ${reading}` }).click();
  await managing.shows("Your booking is moved");
  await expect(managing.main).toContainText(reading);
});

for (const [reason, said] of [
  ["notice", "This time is too close by now."],
  ["outside_hours", "Nobody takes meetings at this time."],
  ["window", "This day cannot be booked."],
] as const) {
  test(`a time that is not offered says why: ${reason}`, async ({ page, managing, book }) => {
    await page.route(RESCHEDULE, (route) => refuse(route, 422, "not-offered", { reason }));
    await managing.arrive((await book("demo")).manage_url);
    await managing.goMove();
    await managing.choosing.chooseDay(DAY);
    await managing.choosing.times.first().click();
    await managing.confirmMove.click();
    await expect(page.getByText(said)).toBeVisible();
    await managing.keepsFocus();
    await managing.choosing.button("Choose another time").click();
    await expect(page.getByText(said)).toBeHidden();
    await managing.keepsFocus();
  });
}

test("times that answer 500 can be asked for again", async ({ page, managing, book }) => {
  await once(page, MOVES, (route) => refuse(route, 500, "failed"));
  await managing.arrive((await book("demo")).manage_url);
  await managing.move.click();
  await managing.choosing.button("Try again").click();
  await expect(managing.choosing.times.first()).toBeVisible();
  await managing.keepsFocus();
});

test("times that need a meeting type which answers 500 can be asked for again", async ({
  page,
  managing,
  book,
}) => {
  await page.route(MEETING_TYPE, (route) => refuse(route, 500, "failed"));
  await managing.arrive((await book("demo")).manage_url);
  await managing.move.click();
  await managing.choosing.button("Try again").focus();
  await page.unroute(MEETING_TYPE);
  await page.keyboard.press("Enter");
  await expect(managing.choosing.times.first()).toBeVisible();
  await managing.keepsFocus();
});

test("a part of the page that cannot be had is asked for again", async ({ page, managing, book }) => {
  const parts = /\/assets\/(?!manage-).*\.js$/;
  await page.route(parts, (route) => route.abort());
  await managing.arrive((await book("demo")).manage_url);
  await managing.move.click();
  await managing.choosing.button("Try again").focus();
  await page.unroute(parts);
  await page.keyboard.press("Enter");
  await expect(managing.choosing.times.first()).toBeVisible();
  await managing.keepsFocus();
});

test.describe("a tab that lags behind", () => {
  test("shows a cancellation when it wants to move", async ({ page, context, managing, book }) => {
    const { manage_url } = await book("demo");
    await managing.arrive(manage_url);
    await managing.goMove();
    await managing.choosing.chooseDay(DAY);
    await cancelElsewhere(context, manage_url);
    await managing.choosing.times.first().click();
    await managing.confirmMove.click();
    await managing.shows("This booking was cancelled");
    await expect(page.getByText("This booking has changed meanwhile")).toBeVisible();
    await managing.keepsFocus();
  });

  test("cancels what is cancelled already, and both tabs say the same", async ({
    context,
    managing,
    book,
  }) => {
    const { manage_url } = await book("demo");
    await managing.arrive(manage_url);
    await managing.cancel.click();
    await cancelElsewhere(context, manage_url);
    await managing.confirmCancel.click();
    await managing.shows("Your booking is cancelled");
  });

  test("learns of it as soon as it is looked at again", async ({ page, context, managing, book }) => {
    const { manage_url } = await book("demo");
    await managing.arrive(manage_url);
    await managing.cancel.click();
    await expect(managing.dialog).toBeVisible();
    await cancelElsewhere(context, manage_url);
    await lookAgain(page);
    await managing.shows("This booking was cancelled");
    await expect(managing.dialog).toBeHidden();
    await expect(page.getByText("This booking has changed meanwhile")).toBeVisible();
    await managing.keepsFocus();
  });

  test("learns of it when the times are asked for", async ({ page, context, managing, book }) => {
    const { manage_url } = await book("demo");
    await managing.arrive(manage_url);
    await cancelElsewhere(context, manage_url);
    await managing.move.click();
    await managing.shows("This booking was cancelled");
    await expect(page.getByText("This booking has changed meanwhile")).toBeVisible();
  });

  test("being looked at again takes nobody's focus while nothing has changed", async ({
    page,
    managing,
    book,
  }) => {
    await managing.arrive((await book("demo")).manage_url);
    await managing.cancel.focus();
    const answered = page.waitForResponse(BOOKING);
    await lookAgain(page);
    await answered;
    await expect(managing.cancel).toBeFocused();
  });

  async function cancelElsewhere(context: import("@playwright/test").BrowserContext, link: string) {
    const tab = await context.newPage();
    const { ManagePage } = await import("./support/manage-page");
    const other = new ManagePage(tab);
    await other.arrive(link);
    await other.cancel.click();
    await other.confirmCancel.click();
    await other.shows("Your booking is cancelled");
    await tab.close();
  }
});

test("a cut-off that passes while the page stands open is told by the server", async ({
  page,
  managing,
  book,
}) => {
  const { booking, manage_url } = await book("demo");
  await managing.arrive(manage_url);
  await page.route(CANCEL, (route) => refuse(route, 422, "too-late"));
  await page.route(BOOKING, async (route) => {
    const response = await route.fetch();
    const given = await response.json();
    const may = { cancel: false, reschedule: false, until: "2026-11-23T07:30:00+00:00" };
    await route.fulfill({ response, json: { ...given, may } });
  });
  await managing.cancel.click();
  await managing.confirmCancel.click();
  await expect(page.getByText("It is too late to change this here")).toBeVisible();
  await expect(
    page.getByText("It could be moved or cancelled until Monday 23 November, 07:30."),
  ).toBeVisible();
  await expect(page.getByText(`your answer goes to ${booking.hosts[0]?.name}`)).toBeVisible();
  await expect(managing.cancel).toHaveCount(0);
  await managing.keepsFocus();
});

test("a link that was renewed while the page stood open opens nothing more", async ({
  page,
  managing,
  book,
}) => {
  await managing.arrive((await book("demo")).manage_url);
  await page.route(/\/v1\/bookings\//, (route) => refuse(route, 404, "booking-unknown"));
  await managing.cancel.click();
  await managing.confirmCancel.click();
  await managing.shows("This link opens no booking");
  await expect(page.getByRole("button")).toHaveCount(0);
});
