import { expect, test } from "../support/fixtures";

const ENGLISH = /\b(the|your|time zone|required|Choose|Book|Morning|Afternoon|free times?|with)\b/;

test("German by the address, from the first word to the letter", async ({ booking, page, guest, api }) => {
  await booking.open("demo", { lang: "de" });
  const times = page
    .getByRole("group", { name: /^(Vormittag|Nachmittag|Abend) \(\d+\)$/ })
    .getByRole("radio");
  await expect(times.first()).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await times.first().click();
  await page.getByRole("textbox", { name: /^Ihr Name/ }).fill(guest.name);
  await page.getByRole("textbox", { name: /^Ihre E-Mail-Adresse/ }).fill(guest.email);
  await page.getByRole("button", { name: /^\d\d:\d\d( Uhr)? buchen$/ }).click();
  const sent = page.waitForRequest("/v1/bookings");
  await page
    .getByRole("dialog", { name: "Diesen Termin buchen?" })
    .getByRole("button", { name: /buchen$/ })
    .click();
  await expect(page.getByRole("heading", { name: "Ihr Termin ist gebucht" })).toBeVisible();
  expect((await sent).postDataJSON().locale).toMatch(/^de/);
  await expect.poll(async () => (await api.lettersTo(guest.email))[0]?.subject ?? "").toMatch(/^Gebucht: /);
  expect((await api.lettersTo(guest.email))[0]?.text).toMatch(
    /Montag, \d+\. November 2026|\w+tag, \d+\. \w+ 2026/,
  );
});

test.describe("in a German browser", () => {
  test.use({ locale: "de-AT", timezoneId: "Europe/Vienna" });

  test("the page is German without being asked, and says nothing in English", async ({ booking, page }) => {
    await booking.open("intro");
    // Which parts the day still has depends on who booked before.
    const times = page
      .getByRole("group", { name: /^(Vormittag|Nachmittag|Abend) \(\d+\)$/ })
      .getByRole("radio");
    await expect(times.first()).toBeVisible();
    const text = await booking.main.innerText();
    // The owner's own words stay as they were written.
    const ours = text
      .replace("A quarter of an hour to get to know each other.", "")
      .replace("Introduction", "");
    expect(ours).not.toMatch(ENGLISH);
    await times.first().click();
    await page.getByRole("button", { name: /buchen$/ }).click();
    await expect(page.getByText("2 Angaben fehlen noch oder passen nicht").first()).toBeVisible();
  });

  test("the address can ask for English all the same", async ({ booking, page }) => {
    await booking.arrive("intro", { lang: "en" });
    await expect(page.locator("html")).toHaveAttribute("lang", /^en/);
  });
});

test.describe("in a browser of a language there is no catalogue for", () => {
  test.use({ locale: "sw-KE" });

  test("the page is English", ({ booking }) => booking.arrive("intro"));
});

test("a right-to-left language turns the page around, whole", async ({ booking, page, guest }) => {
  await booking.open("demo", { lang: "en-XB" });
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  const time = page.getByRole("radio", { name: /\d\d:\d\d/ }).first();
  await expect(time).toBeVisible();
  const month = await page.locator("calendar-month").boundingBox();
  const times = await time.boundingBox();
  expect(month?.x, "the month stands right of the times").toBeGreaterThan(times?.x ?? 0);
  await time.click();
  await page.getByRole("textbox").nth(0).fill(guest.name);
  await page.getByRole("textbox").nth(1).fill(guest.email);
  await page.getByRole("textbox").nth(1).press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  expect(await overflow(page), "nothing sticks out").toBe(0);
});

test("the pseudo language is not in the page's own script", async ({ booking, page }) => {
  const scripts: string[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "script") scripts.push(request.url());
  });
  await booking.arrive("demo");
  const own = scripts.length;
  await booking.open("demo", { lang: "en-XB" });
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  expect(own).toBe(1);
  expect(new Set(scripts).size).toBeGreaterThan(own);
});

function overflow(page: import("@playwright/test").Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
