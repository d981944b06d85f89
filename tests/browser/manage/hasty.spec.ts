import { Gate, patchMeetingType } from "../support/replies";
import { expect, test } from "./support/fixtures";
import { MOVES, RESCHEDULE, Writes } from "./support/replies";

test("Enter that is held down moves nothing", async ({ page, managing, book }) => {
  const writes = new Writes(page);
  await managing.arrive((await book("demo")).manage_url);
  await managing.goMove();
  await managing.choosing.times.last().focus();
  for (let time = 0; time < 8; time += 1) await page.keyboard.down("Enter");
  await expect(managing.confirmMove).toBeVisible();
  for (let time = 0; time < 4; time += 1) await page.keyboard.down("Enter");
  await expect(managing.confirmMove).toBeVisible();
  await page.keyboard.up("Enter");
  expect(writes.requests).toHaveLength(0);
  await page.keyboard.press("Enter");
  await expect(managing.dialog).toBeHidden();
  expect(writes.requests).toHaveLength(1);
});

test("Escape, again and again, does not close the dialog of a move under way", async ({
  page,
  managing,
  book,
}) => {
  const gate = new Gate();
  await gate.at(page, RESCHEDULE);
  await managing.arrive((await book("demo")).manage_url);
  await managing.goMove();
  await managing.choosing.times.last().click();
  await managing.confirmMove.click();
  for (let time = 0; time < 5; time += 1) await page.keyboard.press("Escape");
  await expect(managing.dialog).toBeVisible();
  await gate.open();
  await expect(managing.dialog).toBeHidden();
});

test("a list of times that has grown old is asked for again when the page is used", async ({
  page,
  managing,
  book,
}) => {
  await managing.arrive((await book("demo")).manage_url);
  await managing.goMove();
  let asked = 0;
  page.on("request", (request) => {
    if (MOVES.test(request.url())) asked += 1;
  });
  await page.clock.runFor(6 * 60_000);
  expect(asked).toBe(0);
  await page.mouse.click(1, 1);
  await expect.poll(() => asked).toBe(1);
});

test("a window that begins later begins with its own month", async ({ page, managing, book }) => {
  await patchMeetingType(page, () => ({ window: { kind: "fixed", from: "2027-02-11", to: "2027-02-26" } }));
  await page.route(MOVES, async (route) => {
    const time_zone = new URL(route.request().url()).searchParams.get("time_zone");
    await route.fulfill({ json: { days: [], duration_minutes: 30, next_available: null, time_zone } });
  });
  await managing.arrive((await book("demo")).manage_url);
  await managing.move.click();
  await expect(page.locator(".month .heading")).toHaveText("February 2027");
  await expect(await managing.choosing.day("2027-02-20")).toBeVisible();
});
