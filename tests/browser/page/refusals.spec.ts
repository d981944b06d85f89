import type { Page } from "@playwright/test";
import type { BookingPage } from "../support/booking-page";
import { expect, test } from "../support/fixtures";
import { BOOKINGS, LOAD_FAILED, patchMeetingType, refuse } from "../support/replies";

test.beforeEach(({ watch }) => watch.allow(LOAD_FAILED));

/** The server finds something wrong at these places. */
async function refused(page: Page, pointers: readonly string[]): Promise<void> {
  const errors = pointers.map((pointer) => ({ pointer, code: "unknown", detail: "is not known here" }));
  await page.route(BOOKINGS, (route) => refuse(route, 422, "invalid", { errors }));
}

async function send(booking: BookingPage): Promise<void> {
  await booking.submit.click();
  await booking.confirm.click();
  await expect(booking.dialog).toBeHidden();
}

for (const [pointer, said] of [
  ["/host", "The host you asked for no longer takes this meeting."],
  ["/duration_minutes", "This meeting no longer lasts as long as you chose."],
  ["/time_zone", "Your time zone is not known here. Choose another one under the month."],
  ["/start", "This time can no longer be booked. Choose another one."],
  ["/answers/a-question-that-is-gone", "The questions have changed meanwhile."],
  ["/source/utm/utm_source", "This page is out of date. Load it again, then book once more."],
  ["Idempotency-Key", "This page is out of date."],
] as const) {
  test(`what nobody types is refused in a sentence one can act on: ${pointer}`, async ({
    booking,
    page,
    guest,
  }) => {
    await refused(page, [pointer]);
    await booking.arrive("demo");
    await booking.times.first().click();
    await booking.fill(guest);
    await send(booking);
    const summary = page.getByRole("group", { name: "One thing is left to do" });
    await expect(summary).toBeFocused();
    await expect(summary).toContainText(said);
    await expect(booking.main).not.toContainText(pointer);
    await expect(booking.name).toHaveValue(guest.name);
  });
}

test("two guests who cannot be written to are one thing to do", async ({ booking, page, guest }) => {
  await refused(page, ["/guests/0/email", "/guests/1/email", "/source/page", "/source/referrer"]);
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.button("Add guests").click();
  await page.getByRole("textbox", { name: /^Guests/ }).fill("grace@example.org, joan@example.org");
  await send(booking);
  const summary = page.getByRole("group", { name: "2 things are left to do" });
  await expect(summary.getByRole("link")).toHaveCount(1);
  await expect(summary.getByRole("listitem")).toHaveCount(2);
});

test("a kind of question that this page does not know is asked in a line of text", async ({
  booking,
  page,
  guest,
}) => {
  const kind = "signature" as "text";
  const questions = [{ id: "later", label: "Sign here", kind, required: true }];
  await patchMeetingType(page, () => ({ questions }));
  const sent = page.waitForRequest(BOOKINGS);
  await page.route(BOOKINGS, (route) => refuse(route, 503, "busy"));
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.submit.click();
  const field = page.getByRole("textbox", { name: /^Sign here/ });
  await expect(field).toHaveAccessibleDescription(/Write an answer\./);
  await field.fill("Ada");
  await booking.submit.click();
  await booking.confirm.click();
  expect((await sent).postDataJSON().answers).toEqual({ later: "Ada" });
});

test.describe("a meeting by phone", () => {
  test("is booked with or without a number where the host calls, and says so", async ({
    booking,
    page,
    guest,
  }) => {
    await patchMeetingType(page, () => ({ location: { kind: "phone" } }));
    await booking.arrive("demo");
    await booking.times.first().click();
    await booking.fill(guest);
    const number = page.getByRole("textbox", { name: "Your phone number optional" });
    await expect(number).toHaveAccessibleDescription(/^The host calls you on it\./);
    await expect(number).not.toHaveAttribute("required");
    await booking.submit.click();
    await expect(booking.dialog).toContainText("The host calls you, if you leave a number.");
    await booking.confirm.click();
    await expect(booking.booked, "the server asks for no number either").toBeVisible();
  });

  test("asks for no number where the guest calls", async ({ booking, page }) => {
    await patchMeetingType(page, () => ({ location: { kind: "phone", detail: "+44 20 7946 0123" } }));
    await booking.arrive("demo");
    await booking.times.first().click();
    await expect(booking.name).toBeVisible();
    await expect(page.getByRole("textbox", { name: /^Your phone number/ })).toHaveCount(0);
  });
});

test("a kind of place that this page does not know breaks nothing", async ({ booking, page }) => {
  await patchMeetingType(page, () => ({ location: { kind: "hologram" as "link" } }));
  await booking.arrive("demo");
  await expect(booking.main).toContainText("Place to be agreed");
});
