import { expect, test } from "../support/fixtures";

const NOTE = /^Anything to add/;

test("loading the form again keeps what was typed, how long and whose clock", async ({
  booking,
  page,
  guest,
}) => {
  await booking.arrive("workshop");
  await page.getByRole("radio", { name: "1 hour 30 minutes" }).click();
  await booking.chooseZone("Tokyo");
  await booking.times.first().click();
  await booking.fill(guest);
  await page.getByRole("textbox", { name: /^Which company/ }).fill("Analytical Engines");
  await page.getByRole("checkbox", { name: /^We need step-free access/ }).check();
  await page.getByRole("textbox", { name: NOTE }).fill("Two\nlines.");
  const chosen = await page.locator("#chosen").innerText();

  await page.reload();
  await expect(page.locator("#chosen")).toHaveText(chosen);
  await expect(booking.name).toHaveValue(guest.name);
  await expect(booking.email).toHaveValue(guest.email);
  await expect(page.getByRole("textbox", { name: /^Which company/ })).toHaveValue("Analytical Engines");
  await expect(page.getByRole("checkbox", { name: /^We need step-free access/ })).toBeChecked();
  await expect(page.getByRole("textbox", { name: NOTE })).toHaveValue("Two\nlines.");
  await expect(page.getByRole("radio", { name: "1 hour 30 minutes" })).toBeChecked();
  await expect(booking.zone).toHaveAccessibleName(/Tokyo, /);

  await page.getByRole("combobox", { name: /^How many people/ }).selectOption("2 to 10");
  const sent = page.waitForRequest("/v1/bookings");
  await booking.book();
  expect((await sent).postDataJSON()).toMatchObject({ duration_minutes: 90, time_zone: "Asia/Tokyo" });
});

test("loading the times again keeps how long and whose clock", async ({ booking, page }) => {
  await booking.arrive("workshop");
  await page.getByRole("radio", { name: "1 hour 30 minutes" }).click();
  await booking.chooseZone("Tokyo");
  await page.reload();
  await expect(booking.times.first()).toBeVisible();
  await expect(page.getByRole("radio", { name: "1 hour 30 minutes" })).toBeChecked();
  await expect(booking.zone).toHaveAccessibleName(/Tokyo, /);
});

test("a zone that is chosen at the form is the one it is loaded again with", async ({ booking, page }) => {
  await booking.arrive("demo");
  await booking.times.first().click();
  await expect(booking.name).toBeVisible();
  await booking.chooseZone("Kathmandu");
  const chosen = await page.locator("#chosen").innerText();
  await page.reload();
  await expect(page.locator("#chosen")).toHaveText(chosen);
  await expect(booking.zone).toHaveAccessibleName(/Kathmandu, /);
});

test("what was typed is gone once it is booked, and stays in its tab", async ({
  booking,
  page,
  guest,
  context,
}) => {
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await page.reload();
  await expect(booking.name).toHaveValue(guest.name);
  expect(await page.evaluate(() => [localStorage.length, document.cookie])).toEqual([0, ""]);

  const other = await context.newPage();
  await other.goto("/book/demo");
  await other
    .getByRole("radio", { name: /^\d\d:\d\d$/ })
    .first()
    .click();
  await expect(other.getByRole("textbox", { name: /^Your name/ })).toHaveValue("");
  await other.close();

  await booking.book();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await booking.another();
  await booking.times.first().click();
  await expect(booking.name).toHaveValue("");
});

test("another link that fills in the form is not overruled by what was typed before", async ({
  booking,
  guest,
}) => {
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.arrive("demo", { name: "Grace Hopper" });
  await booking.times.first().click();
  await expect(booking.name).toHaveValue("Grace Hopper");
});

const ODD: Readonly<Record<string, unknown>> = {
  "a booking without its parts": { step: "booked", created: {} },
  "a booking that is none": { step: "booked", created: null },
  "a booking with a start that is none": {
    step: "booked",
    created: { booking: { start: "soon", hosts: [] }, manage_url: "javascript:hacked(1)" },
  },
  "a form without a time": { step: "form", slot: "soon", zone: "Europe/London" },
  "a form with a time that is none": { step: "form", slot: "2026-13-45T99:00:00Z", zone: "Europe/London" },
  "a duration that is none": { step: "choose", zone: 7, duration: "long" },
  "a step that there is not": { step: "paid" },
  "a list": [1, 2],
};

for (const [name, state] of Object.entries(ODD)) {
  test(`what the history keeps from another release does no harm: ${name}`, async ({ booking, page }) => {
    await booking.arrive("demo");
    await page.evaluate((kept) => history.replaceState(kept, ""), state);
    await page.reload();
    await expect(booking.times.first()).toBeVisible();
    await booking.times.first().click();
    await expect(booking.name).toBeVisible();
  });
}

for (const kept of [
  "{",
  "[]",
  '{"over":1}',
  '{"over":"","draft":{"name":7}}',
  '{"body":{},"key":"k","at":0}',
]) {
  test(`what the tab keeps from another release does no harm: ${kept}`, async ({ booking, page }) => {
    await booking.arrive("demo");
    await page.evaluate((text) => {
      for (const what of ["draft", "request"]) sessionStorage.setItem(`openslot.${what}.demo`, text);
    }, kept);
    await page.reload();
    await booking.times.first().click();
    await expect(booking.name).toHaveValue("");
  });
}
