import { expect, test } from "../support/fixtures";

test("the list of zones is short, begins with what is near, and says that there are more", async ({
  booking,
  page,
}) => {
  await booking.arrive("demo", { zone: "Antarctica/Troll" });
  await booking.zone.click();
  const options = page.getByRole("option");
  await expect(options.first()).toBeVisible();
  const all = await page.evaluate(() => Intl.supportedValuesOf("timeZone").length);
  expect(all).toBeGreaterThan(300);
  expect(await options.count()).toBeLessThanOrEqual(100);
  const near = [await options.nth(0).innerText(), await options.nth(1).innerText()].join();
  expect(near).toMatch(/London[\s\S]*Your device’s zone/);
  expect(near).toMatch(/Troll/);
  await expect(page.getByText("There are more time zones. Type to find yours.")).toBeVisible();
  await page.getByRole("combobox").fill("Ulaan");
  await expect(options).toHaveCount(1);
  await expect(options).toContainText("Ulaanbaatar");
  await expect(page.getByText("There are more time zones.")).toBeHidden();
});

test("the list stays where it was scrolled to while the clock moves on", async ({ booking, page }) => {
  await booking.arrive("demo");
  await booking.zone.click();
  const list = page.getByRole("listbox");
  await list.evaluate((box) => box.scrollTo(0, 900));
  const time = page.getByRole("option", { name: /^London/ });
  const before = await time.innerText();
  await page.clock.runFor(61_000);
  await expect(time).not.toHaveText(before, { useInnerText: true });
  expect(await list.evaluate((box) => box.scrollTop)).toBe(900);
});

test("an Enter that ends what an input method composes chooses nothing yet", async ({ booking, page }) => {
  await booking.arrive("demo");
  await booking.zone.click();
  const search = page.getByRole("combobox");
  await search.fill("Tokyo");
  await expect(page.getByRole("option")).toHaveCount(1);
  await search.dispatchEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true });
  await expect(search).toHaveValue("Tokyo");
  await expect(booking.dialog).toBeVisible();
  await search.press("Enter");
  await expect(booking.dialog).toBeHidden();
  await expect(booking.zone).toHaveAccessibleName(/Tokyo/);
});

for (const [lang, button, chosen] of [
  ["en", /^Time zone: London, \d\d:\d\d now$/, /^London chosen /],
  ["de", /^Zeitzone: London, jetzt \d\d:\d\d Uhr$/, /^London gewählt /],
] as const) {
  test(`what is chosen is said to whoever sees no tick: ${lang}`, async ({ booking, page }) => {
    await booking.open("demo", { lang });
    const opener = page.getByRole("button", { name: button });
    await opener.click();
    const option = page.getByRole("option", { name: chosen });
    await expect(option).toHaveCount(1);
    await expect(page.getByRole("option", { name: / (chosen|gewählt) / })).toHaveCount(1);
  });
}
