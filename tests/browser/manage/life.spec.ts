import { Gate } from "../support/replies";
import * as wall from "../support/wall";
import { expect, test } from "./support/fixtures";
import { MOVES, RESCHEDULE, Writes } from "./support/replies";

const DAY = "2026-12-08";

test("the link in the letter shows the booking as the letter tells it", async ({
  page,
  managing,
  book,
  api,
  guest,
}) => {
  const { booking, manage_url } = await book("intro");
  await expect.poll(async () => (await api.lettersTo(guest.email))[0]?.text).toContain(manage_url);
  await managing.arrive(manage_url);
  await expect(managing.main).toContainText("You have booked Introduction with Nora (New York)");
  await expect(managing.main).toContainText(`${wall.day(booking.start)}, ${wall.time(booking.start)} to `);
  await expect(managing.main).toContainText("for the host, New York");
  await expect(managing.main).toContainText(guest.email);
  await expect(page.getByRole("link", { name: "Book another time" })).toHaveAttribute("href", "/book/intro");
  await expect(page).toHaveTitle("Your booking: Introduction");
  expect(await page.evaluate(() => document.activeElement === document.body), "nothing takes the focus").toBe(
    true,
  );
});

test("everything that was said when booking is there, in the order of the questions", async ({
  page,
  managing,
  book,
}) => {
  const { answered } = await import("./support/states");
  await answered(page);
  await managing.arrive((await book("demo")).manage_url);
  const terms = await page.getByRole("term").allInnerTexts();
  const said = await page.getByRole("definition").allInnerTexts();
  expect(Object.fromEntries(terms.map((term, index) => [term, said[index]]))).toMatchObject({
    "Booked by": "Ada Lovelace\nada@example.org",
    Phone: "+44 20 7946 0123",
    Guests: "Grace Hopper, grace@example.org\njoan@example.org",
    "Which company are you with?": "Analytical Engines & Sons",
    "What would make this hour worth it?": "A plan.\nAnd tea.",
    "We need step-free access": "Yes",
    "Your note": "It may be five minutes later.",
  });
  expect(terms.filter((term) => /Which|What|step/.test(term))).toEqual([
    "Which company are you with?",
    "What would make this hour worth it?",
    "We need step-free access",
  ]);
});

test("a guest moves the booking; the old time is free, and everybody reads of it once", async ({
  page,
  managing,
  book,
  api,
  guest,
}) => {
  const writes = new Writes(page);
  const { booking, manage_url } = await book("intro");
  await managing.arrive(manage_url);
  await managing.goMove();
  await managing.keepsFocus();
  await expect(page.locator(".present")).toContainText(
    `${wall.day(booking.start)}, ${wall.time(booking.start)}`,
  );

  const { days } = await api.slots("intro", { from: DAY, to: DAY, zone: "Europe/London" });
  const to = days[0]?.slots[2] ?? "";
  await managing.choosing.chooseDay(DAY);
  expect(await managing.choosing.readings()).toEqual(days[0]?.slots.map((slot) => wall.time(slot)));
  await managing.choosing.time(wall.time(to)).click();
  const [from, new_] = [booking.start, to].map((at) => `${wall.day(at)}, ${wall.time(at)}`);
  const sentence = `moving Introduction with Nora (New York) from ${from} to ${new_}.`;
  await expect(managing.dialog).toContainText(sentence);
  expect(writes.requests, "nothing without the last word").toHaveLength(0);
  await managing.confirmMove.click();

  await managing.shows("Your booking is moved");
  await managing.keepsFocus();
  await expect(managing.main).toContainText(sentence.replace("moving", "You have moved"));
  expect(writes.requests).toHaveLength(1);
  expect(writes.requests[0]?.postDataJSON()).toEqual({
    start: to,
    duration_minutes: 15,
    time_zone: "Europe/London",
  });
  const free = (await api.slots("intro", { from: DAY, to: DAY, zone: "Europe/London" })).days[0]?.slots;
  expect(free).not.toContain(to);
  const before = wall.dateOf(booking.start);
  const old = (await api.slots("intro", { from: before, to: before, zone: "Europe/London" })).days[0]?.slots;
  expect(old).toContain(booking.start);
  await expect.poll(async () => (await api.lettersTo(guest.email)).length).toBe(2);

  await page.reload();
  await managing.shows("You are booked");
  await expect(managing.main).toContainText(new_ ?? "");
  await expect(managing.main).not.toContainText(from ?? "");
  expect(writes.requests).toHaveLength(1);
});

test("a guest cancels with a reason; the time is free at once", async ({
  page,
  managing,
  book,
  api,
  guest,
}) => {
  const writes = new Writes(page);
  const { booking, manage_url } = await book("intro");
  await managing.arrive(manage_url);
  await managing.cancel.click();
  await expect(managing.dialog).toContainText("You are cancelling Introduction with Nora (New York)");
  await expect(managing.dialog).toContainText(`${wall.day(booking.start)}, ${wall.time(booking.start)}`);
  await expect(managing.dialog.getByRole("button", { name: "Keep it" })).toBeFocused();
  await managing.reason.fill("I am ill.\nSorry.");
  expect(writes.requests).toHaveLength(0);
  await managing.confirmCancel.click();

  await managing.shows("Your booking is cancelled");
  await managing.keepsFocus();
  await expect(managing.move).toHaveCount(0);
  await expect(managing.cancel).toHaveCount(0);
  expect(writes.requests[0]?.postDataJSON()).toEqual({ reason: "I am ill.\nSorry." });
  const day = wall.dateOf(booking.start);
  const free = (await api.slots("intro", { from: day, to: day, zone: "Europe/London" })).days[0]?.slots;
  expect(free).toContain(booking.start);
  await expect.poll(async () => (await api.lettersTo(guest.email)).length).toBe(2);

  await page.reload();
  await managing.shows("This booking was cancelled");
  await expect(managing.main).toContainText("You cancelled it on Monday 23 November, 08:");
  await expect(managing.main).toContainText("I am ill.\nSorry.", { useInnerText: true });
  await page.getByRole("link", { name: "Book another time" }).click();
  await expect(managing.choosing.times.first()).toBeVisible();
});

test("a guest cancels without a reason", async ({ page, managing, book }) => {
  const writes = new Writes(page);
  await managing.arrive((await book("demo")).manage_url);
  await managing.cancel.click();
  await managing.reason.fill(" \n ");
  await managing.confirmCancel.click();
  await managing.shows("Your booking is cancelled");
  expect(writes.requests.map((request) => request.postDataJSON())).toEqual([{}]);
});

test("a reason that is too long is not sent", async ({ page, managing, book }) => {
  const writes = new Writes(page);
  await managing.arrive((await book("demo")).manage_url);
  await managing.cancel.click();
  await managing.reason.fill("x".repeat(1_001));
  await managing.confirmCancel.click();
  await expect(managing.reason).toBeFocused();
  expect(writes.requests).toHaveLength(0);
  await managing.reason.fill("x".repeat(1_000));
  await managing.confirmCancel.click();
  await managing.shows("Your booking is cancelled");
});

test("the present time is marked, is no choice, and blocks nothing beside it", async ({
  page,
  managing,
  book,
}) => {
  const { booking, manage_url } = await book("intro", { index: 4 });
  await managing.arrive(manage_url);
  await managing.goMove();
  const reading = wall.time(booking.start);
  const present = page.getByRole("radio", { name: `${reading} at present` });
  await expect(present).toBeDisabled();
  await expect(await managing.choosing.day(wall.dateOf(booking.start))).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await present.click({ force: true });
  await expect(managing.dialog).toBeHidden();
});

test("another zone turns the times, and goes with the booking", async ({ page, managing, book }) => {
  const writes = new Writes(page);
  await managing.arrive((await book("intro")).manage_url);
  await managing.goMove();
  await managing.choosing.zone.click();
  await page.getByRole("combobox").fill("Kathmandu");
  await page
    .getByRole("option", { name: /Kathmandu/ })
    .first()
    .click();
  await expect(managing.choosing.zone).toHaveAccessibleName(/^Time zone: Kathmandu, /);
  await managing.choosing.chooseDay(DAY);
  await expect(managing.choosing.times.first()).toBeEnabled();
  const reading = (await managing.choosing.readings())[0] ?? "";
  expect(reading).toMatch(/^\d\d:(00|15|30|45)$/);
  await managing.choosing.time(reading).click();
  await managing.confirmMove.click();
  await managing.shows("Your booking is moved");
  // Browsers know it by its older spelling.
  expect(writes.requests[0]?.postDataJSON().time_zone).toMatch(/^Asia\/Kath?mandu$/);
  await page.reload();
  await expect(managing.main).toContainText("your time, Kathmandu");
  await expect(managing.main).toContainText("where you are now, London");
});

test("keeping the time leads back, and nothing was sent", async ({ page, managing, book }) => {
  const writes = new Writes(page);
  await managing.arrive((await book("demo")).manage_url);
  await managing.goMove();
  await managing.keep.click();
  await managing.shows("You are booked");
  await managing.keepsFocus();
  expect(writes.requests).toHaveLength(0);
});

test("Back and Forward go between the booking and the times; after a move they move nothing", async ({
  page,
  managing,
  book,
}) => {
  const writes = new Writes(page);
  await managing.arrive((await book("demo")).manage_url);
  await managing.goMove();
  await page.goBack();
  await managing.shows("You are booked");
  await managing.keepsFocus();
  await page.goForward();
  await managing.shows("Move your booking");
  await page.reload();
  await managing.shows("Move your booking");
  await managing.choosing.chooseDay(DAY);
  await managing.choosing.times.first().click();
  await page.keyboard.press("Escape");
  await expect(managing.dialog).toBeHidden();
  await managing.choosing.times.first().click();
  await managing.confirmMove.click();
  await managing.shows("Your booking is moved");
  await page.goBack();
  await managing.shows("You are booked");
  await page.goForward();
  await managing.shows("You are booked");
  expect(writes.requests).toHaveLength(1);
});

test("a double click changes once", async ({ page, managing, book, api, guest }) => {
  const writes = new Writes(page);
  await managing.arrive((await book("demo")).manage_url);
  await managing.move.dblclick();
  await expect(managing.choosing.times.first()).toBeVisible();
  if (await managing.dialog.isVisible()) await page.keyboard.press("Escape");
  await managing.choosing.chooseDay(DAY);
  await managing.choosing.times.first().dblclick();
  expect(writes.requests).toHaveLength(0);
  const gate = new Gate();
  await gate.at(page, RESCHEDULE);
  await managing.confirmMove.dblclick();
  // Neither does Enter, nor does Escape leave before there is an answer.
  await expect(managing.dialog.getByRole("button", { name: "Moving …" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(managing.dialog).toBeVisible();
  await gate.open();
  await managing.shows("Your booking is moved");
  await managing.cancel.dblclick();
  await expect(managing.dialog).toBeVisible();
  expect(writes.requests).toHaveLength(1);
  await managing.confirmCancel.dblclick();
  await managing.shows("Your booking is cancelled");
  expect(writes.requests).toHaveLength(2);
  await expect.poll(async () => (await api.lettersTo(guest.email)).length).toBe(3);
});

test("all of it by keyboard alone", async ({ page, managing, book }) => {
  let pointed = 0;
  await page.exposeFunction("pointed", () => {
    pointed += 1;
  });
  await page.addInitScript(() => {
    addEventListener("pointerdown", () => (globalThis as unknown as { pointed(): void }).pointed(), true);
  });
  await managing.arrive((await book("demo")).manage_url);
  await tabTo(page, () => managing.move.evaluate((one) => one.matches(":focus")));
  await page.keyboard.press("Enter");
  await managing.shows("Move your booking");
  await expect(managing.choosing.times.first()).toBeVisible();
  await tabTo(page, () =>
    page
      .locator("input[type=radio]:focus")
      .count()
      .then((count) => count > 0 && inTimes()),
  );
  await page.keyboard.press("ArrowDown");
  await expect(managing.dialog).toBeHidden();
  await page.keyboard.press("Enter");
  await expect(managing.dialog).toBeVisible();
  await page.keyboard.press("Enter");
  await managing.shows("Your booking is moved");
  await tabTo(page, () => managing.cancel.evaluate((one) => one.matches(":focus")));
  await page.keyboard.press("Enter");
  await expect(managing.dialog.getByRole("button", { name: "Keep it" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(managing.cancel).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, () => managing.confirmCancel.evaluate((one) => one.matches(":focus")));
  await page.keyboard.press("Enter");
  await managing.shows("Your booking is cancelled");
  await managing.keepsFocus();
  expect(pointed, "no pointer was used").toBe(0);
  await managing.heading.click();
  expect(pointed, "and this is how one would be seen").toBe(1);

  function inTimes() {
    return page.evaluate(() => document.activeElement?.closest(".times") !== null);
  }
});

test("a day of which only the present time is left says so", async ({ page, managing, book }) => {
  const { booking, manage_url } = await book("intro");
  await page.route(MOVES, async (route) => {
    const response = await route.fetch();
    const given = await response.json();
    const days = [{ date: wall.dateOf(booking.start), slots: [booking.start] }];
    await route.fulfill({ response, json: { ...given, days, next_available: null } });
  });
  await managing.arrive(manage_url);
  await managing.move.click();
  await expect(page.getByText("There is no other time on this day.")).toBeVisible();
});

test("another length makes the present time a choice", async ({ page, managing, book, watch }) => {
  const { LOAD_FAILED, patchMeetingType, refuse } = await import("../support/replies");
  watch.allow(LOAD_FAILED);
  await patchMeetingType(page, () => ({ durations_minutes: [30, 45] }));
  await page.route(MOVES, async (route) => {
    const url = new URL(route.request().url());
    url.searchParams.delete("duration_minutes");
    await route.fulfill({ response: await route.fetch({ url: url.href }) });
  });
  await page.route(RESCHEDULE, (route) => refuse(route, 500, "failed"));
  const { booking, manage_url } = await book("demo");
  await managing.arrive(manage_url);
  await managing.goMove();
  await page.getByRole("radio", { name: "45 minutes" }).click();
  const reading = wall.time(booking.start);
  await expect(managing.choosing.time(reading)).toBeEnabled();
  const sent = page.waitForRequest(RESCHEDULE);
  await managing.choosing.time(reading).click();
  await managing.confirmMove.click();
  expect((await sent).postDataJSON()).toMatchObject({ start: booking.start, duration_minutes: 45 });
});

/** Tab until it is there, and not forever. */
async function tabTo(page: import("@playwright/test").Page, there: () => Promise<boolean>): Promise<void> {
  for (let stop = 0; stop < 60; stop += 1) {
    if (await there()) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab does not lead there");
}
