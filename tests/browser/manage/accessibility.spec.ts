import { axeFindsNothing, overflow, small } from "../support/looks";
import { expect, test } from "./support/fixtures";
import { STATES } from "./support/states";

for (const [name, arrange] of Object.entries(STATES)) {
  test(`axe finds nothing, narrow or wide, light or dark: ${name}`, async ({
    page,
    managing,
    book,
    api,
    watch,
  }) => {
    test.slow();
    await arrange({ page, managing, book, api, watch });
    await axeFindsNothing(page);
  });
}

for (const [name, arrange] of Object.entries(STATES)) {
  test(`nothing sticks out at 320 pixels, nor at twice the size: ${name}`, async ({
    page,
    managing,
    book,
    api,
    watch,
  }) => {
    await arrange({ page, managing, book, api, watch });
    for (const size of [
      { width: 320, height: 640 },
      { width: 640, height: 400 },
    ]) {
      await page.setViewportSize(size);
      expect(await overflow(page)).toEqual([]);
    }
  });
}

test("fingers find what they aim at", async ({ page, managing, book }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await managing.arrive((await book("demo")).manage_url);
  expect(await small(page), "at the booking").toEqual([]);
  await managing.goMove();
  expect(await small(page), "while choosing").toEqual([]);
});

test.describe("in a German browser", () => {
  test.use({ locale: "de-DE", timezoneId: "Europe/Berlin" });

  test("the page is German without being asked, from the booking to the end of it", async ({
    page,
    managing,
    book,
  }) => {
    const english = /\b(the|your|you|this|booking|cancel|move|moved|time zone|Morning|with)\b/;
    const { manage_url } = await book("panel");
    await managing.open(manage_url);
    await managing.shows("Ihr Termin ist gebucht");
    expect(await managing.main.innerText()).not.toMatch(english);
    await page.getByRole("button", { name: "Verschieben" }).click();
    await managing.choosing.month.getByRole("button", { name: "15. Dezember" }).click();
    const time = page
      .getByRole("group", { name: /^(Vormittag|Nachmittag) / })
      .getByRole("radio")
      .first();
    await expect(time).toBeVisible();
    expect(await managing.main.innerText()).not.toMatch(english);
    await time.click();
    await expect(managing.dialog).toContainText(
      /Sie verschieben Panel mit .* von \w+, .* Uhr auf \w+, .* Uhr\./,
    );
    await managing.dialog.getByRole("button", { name: /^Auf \d\d:\d\d Uhr verschieben$/ }).click();
    await managing.shows("Ihr Termin ist verschoben");
    await page.getByRole("button", { name: "Diesen Termin absagen" }).click();
    expect(await managing.dialog.innerText()).not.toMatch(english);
    await managing.dialog.getByRole("button", { name: "Diesen Termin absagen" }).click();
    await managing.shows("Ihr Termin ist abgesagt");
    expect(await managing.main.innerText()).not.toMatch(english);
  });
});
