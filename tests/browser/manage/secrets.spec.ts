import { weigh } from "../support/weight";
import { PAYLOADS } from "../xss";
import { expect, test } from "./support/fixtures";
import { patchManaged, Writes } from "./support/replies";

const KB = 1024;

test("nothing happens without a click", async ({ page, managing, book }) => {
  const writes = new Writes(page);
  await managing.arrive((await book("demo")).manage_url);
  await page.mouse.move(300, 300);
  await page.keyboard.press("Tab");
  // Ten seconds of the page's clock, and of whatever the browser does meanwhile.
  await page.clock.runFor(10_000);
  await page.waitForLoadState("networkidle");
  await page.reload();
  await managing.shows("You are booked");
  await managing.goMove();
  await page.clock.runFor(10_000);
  expect(writes.requests).toHaveLength(0);
  await page.goBack();
  await managing.cancel.click();
  await page.clock.runFor(10_000);
  expect(writes.requests, "the dialog only asks").toHaveLength(0);
  await managing.confirmCancel.click();
  await managing.shows("Your booking is cancelled");
  expect(writes.requests, "and this is how one would be seen").toHaveLength(1);
});

test("the secret of the link is in no address, no referrer, no title and no body", async ({
  page,
  context,
  managing,
  book,
}) => {
  const { manage_url, secret } = await book("demo");
  const told: string[] = [];
  const rights: string[] = [];
  context.on("request", async (request) => {
    const headers = await request.allHeaders();
    const { authorization = "", ...rest } = headers;
    rights.push(authorization);
    told.push(request.url(), JSON.stringify(rest), request.postData() ?? "");
  });
  page.on("console", (message) => told.push(message.text()));
  await managing.arrive(manage_url);
  expect(new URL(page.url()).hash, "loading it again must find the booking").toContain(secret);
  await managing.goMove();
  await managing.choosing.chooseDay("2026-12-10");
  await managing.choosing.times.first().click();
  await managing.confirmMove.click();
  await managing.shows("Your booking is moved");
  told.push(await page.title(), JSON.stringify(await page.evaluate(() => history.state)));
  told.push(
    await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])),
  );
  await page.getByRole("link", { name: "Book another time" }).click();
  await expect(managing.choosing.times.first()).toBeVisible();
  told.push(await page.evaluate(() => document.referrer));
  expect(told.length).toBeGreaterThan(20);
  expect(told.filter((text) => text.includes(secret))).toEqual([]);
  const spoken = rights.filter(Boolean);
  expect(new Set(spoken)).toEqual(new Set([`Manage ${new URL(manage_url).hash.slice(1)}`]));
});

test("the ways into a calendar tell nobody where they were found", async ({ page, managing, book }) => {
  const links = Object.fromEntries(
    ["google", "outlook", "office365", "ics"].map((name) => [`${name}_url`, `https://example.org/${name}`]),
  );
  await patchManaged(page, () => ({ calendar: links }));
  await managing.arrive((await book("demo")).manage_url);
  for (const name of ["Google Calendar", "Outlook", "Microsoft 365"])
    await expect(page.getByRole("link", { name })).toHaveAttribute("rel", "noopener noreferrer");
  await expect(page.getByRole("link", { name: "Calendar file" })).toHaveAttribute(
    "href",
    "https://example.org/ics",
  );
});

test("the booking costs five requests and 40 KB of script at most", async ({ page, managing, book }) => {
  const { manage_url } = await book("demo");
  const weight = await weigh(page, () => managing.arrive(manage_url));
  expect(weight.requests, "the page, its style, its script, the booking, the meeting type").toBe(5);
  expect(weight.scriptBytes).toBeGreaterThan(5 * KB);
  expect(weight.scriptBytes).toBeLessThanOrEqual(40 * KB);
  expect(weight.bytes).toBeLessThanOrEqual(60 * KB);
});

test("the page comes with the headers of every page, and leaves no trace in caches", async ({
  page,
  managing,
  book,
}) => {
  const { manage_url } = await book("demo");
  const [answer, booking] = await Promise.all([
    page.waitForResponse((response) => new URL(response.url()).pathname === "/manage/"),
    page.waitForResponse(/\/v1\/bookings\//),
    managing.arrive(manage_url),
  ]);
  const headers = await answer.allHeaders();
  expect(headers["referrer-policy"]).toBe("no-referrer");
  expect(headers["content-security-policy"]).toContain("require-trusted-types-for 'script'");
  expect(headers["x-frame-options"]).toBe("DENY");
  expect((await booking.allHeaders())["cache-control"]).toMatch(/no-store|private/);
});

const BATCH = 20;
const batches = Array.from({ length: PAYLOADS.length / BATCH }, (_, index) =>
  PAYLOADS.slice(index * BATCH, (index + 1) * BATCH),
);

for (const [index, batch] of batches.entries()) {
  test(`what others wrote is text in every place, ${index + 1} of ${batches.length}`, async ({
    page,
    managing,
    book,
  }) => {
    const all = batch.join(" ");
    await patchManaged(page, ({ booking }) => ({
      booking: {
        meeting_type: { ...booking.meeting_type, title: all },
        hosts: batch.map((name, place) => ({ id: `host-${place}`, name })),
        attendee: { name: all, email: batch[0] ?? "", phone: all },
        guests: batch.map((name) => ({ name, email: name })),
        answers: Object.fromEntries(batch.map((text) => [text, text])),
        note: batch.join("\n"),
        location: { kind: "link", detail: batch[1] ?? "", join_url: batch[2] ?? "" },
      },
    }));
    await managing.arrive((await book("demo")).manage_url);
    for (const payload of batch)
      await expect(managing.main).toContainText(payload.trim().replaceAll(/\s+/g, " "));
    const links = await page
      .getByRole("link")
      .evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).protocol));
    expect(links.filter((protocol) => !/^https?:$/.test(protocol))).toEqual([]);
    await managing.cancel.click();
    await expect(managing.dialog).toBeVisible();
  });
}
