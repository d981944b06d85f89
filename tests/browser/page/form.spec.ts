import { expect, test } from "../support/fixtures";
import { BOOKINGS, LOAD_FAILED, refuse } from "../support/replies";

const SPAN = { from: "2026-11-23", to: "2026-12-31", zone: "Europe/London" };
const RIGHT_TO_LEFT = "עדה לאבלייס";
const EMOJI = "Ada 👩🏽‍💻 Lovelace";

test("every kind of question is asked, answered, sent and mailed", async ({ booking, page, api, guest }) => {
  await booking.arrive("workshop");
  await booking.times.nth(1).click();
  await booking.fill(guest);
  const field = (name: RegExp) => page.getByRole("textbox", { name });
  await field(/^Which company/).fill("Analytical Engines & Sons");
  await page.getByRole("combobox", { name: /^How many people/ }).selectOption("11 to 50");
  await field(/^What would make this hour/).fill("A plan.\nAnd tea.");
  await field(/^Your website/).fill("https://engines.example.org/about");
  await field(/^A number to reach you/).fill("+44 20 7946 0123");
  await page.getByRole("checkbox", { name: /^We need step-free access/ }).check();
  const sent = page.waitForRequest("/v1/bookings");
  await booking.book();
  const answers = (await sent).postDataJSON().answers;
  expect(answers).toEqual({
    company: "Analytical Engines & Sons",
    "team-size": "11 to 50",
    goals: "A plan.\nAnd tea.",
    website: "https://engines.example.org/about",
    phone: "+44 20 7946 0123",
    "step-free": true,
  });
  await expect
    .poll(async () => (await api.lettersTo(guest.email))[0]?.text)
    .toContain("Analytical Engines & Sons");
});

test("guests get the invitation, too", async ({ booking, page, api, guest }) => {
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.button("Add guests").click();
  await booking.keepsFocus();
  const guests = [guest.email.replace("ada", "grace"), guest.email.replace("ada", "joan")];
  await page.getByRole("textbox", { name: /^Guests/ }).fill(guests.join(", "));
  await booking.book();
  for (const email of guests) await expect.poll(async () => (await api.lettersTo(email)).length).toBe(1);
});

test("nothing at all is said at once, at the top and at each field, and leads there", async ({
  booking,
  page,
}) => {
  await booking.arrive("workshop");
  await booking.times.first().click();
  await booking.submit.click();
  const summary = page.getByRole("group", { name: "4 things are left to do" });
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link")).toHaveCount(4);
  await expect(booking.dialog).toBeHidden();
  await expect(booking.name).toHaveAccessibleDescription(/Write your name\./);
  await expect(booking.name).toHaveAttribute("aria-invalid", "true");
  await summary.getByRole("link", { name: /email/ }).click();
  await expect(booking.email).toBeFocused();
  await booking.email.fill("not an address");
  await booking.submit.click();
  await expect(booking.email).toHaveAccessibleDescription(/Write a whole email address/);
});

test("fields know what they are for", async ({ booking }) => {
  await booking.arrive("demo");
  await booking.times.first().click();
  await expect(booking.name).toHaveAttribute("autocomplete", "name");
  await expect(booking.email).toHaveAttribute("autocomplete", "email");
  await expect(booking.email).toHaveAttribute("type", "email");
  await expect(booking.name).toHaveAccessibleName(/^Your name/);
});

test("the address prefills the form, and what it does not know is nothing", async ({
  booking,
  page,
  api,
}) => {
  const day = (await api.slots("workshop", SPAN)).days[2]?.date ?? "";
  await booking.arrive("workshop", {
    name: "Ada Lovelace",
    email: "prefilled@example.org",
    note: "From the newsletter",
    date: day,
    duration: "60",
    "a.company": "Engines",
    "a.nothing": "nowhere",
    utm_source: "letter",
    unknown: "<b>",
  });
  await expect(await booking.day(day)).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("radio", { name: "1 hour", exact: true })).toBeChecked();
  await booking.times.first().click();
  await expect(booking.name).toHaveValue("Ada Lovelace");
  await expect(booking.email).toHaveValue("prefilled@example.org");
  await expect(page.getByRole("textbox", { name: /^Which company/ })).toHaveValue("Engines");
  await expect(page.getByRole("textbox", { name: /^Anything to add/ })).toHaveValue("From the newsletter");
  await page.getByRole("combobox", { name: /^How many people/ }).selectOption("Just me");
  const sent = page.waitForRequest("/v1/bookings");
  await booking.book();
  const body = (await sent).postDataJSON();
  expect(body.source.utm).toEqual({ utm_source: "letter" });
  expect(body.answers).not.toHaveProperty("nothing");
});

test("the dialog says what, when, with whom and where", async ({ booking, guest, page }) => {
  await booking.arrive("panel");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.submit.click();
  for (const words of ["Panel", "Nora (New York) and Emil (Berlin)", "London", "Online"]) {
    await expect(booking.dialog).toContainText(words);
  }
  await expect(booking.dialog).toHaveAccessibleName("Book this time?");
  await booking.dialog.getByRole("button", { name: "Back" }).click();
  await expect(booking.dialog).toBeHidden();
  await expect(booking.name).toHaveValue(guest.name);
  await booking.keepsFocus();
  await expect(page.getByRole("button", { name: "Change the time" })).toBeVisible();
});

test("a name of 200 characters is refused with a sentence that says the limit", async ({
  booking,
  guest,
}) => {
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill({ ...guest, name: "n".repeat(200) });
  await booking.submit.click();
  await expect(booking.name).toHaveAccessibleDescription(/room for 100 characters; this has 200/);
  await booking.name.fill("n".repeat(100));
  await booking.book();
});

for (const [kind, name] of Object.entries({ emoji: EMOJI, "right-to-left": RIGHT_TO_LEFT })) {
  test(`a name of ${kind} characters is booked and mailed as it is`, async ({
    booking,
    page,
    api,
    guest,
  }) => {
    await booking.arrive("demo");
    await booking.times.first().click();
    await booking.fill({ ...guest, name });
    await expect(booking.name).toHaveValue(name);
    const answered = page.waitForResponse("/v1/bookings");
    await booking.book();
    expect((await (await answered).json()).booking.attendee.name).toBe(name);
    await expect.poll(async () => (await api.lettersTo(guest.email))[0]?.text ?? "").toContain(name);
    const toHost = async () =>
      (await api.letters()).find(({ text, to }) => text.includes(name) && !to.includes(guest.email));
    await expect.poll(async () => (await toHost())?.subject ?? "").toContain(name);
  });
}

test("what the server finds wrong lands on its field", async ({ booking, page, guest, watch }) => {
  watch.allow(LOAD_FAILED);
  const pointers = [
    "/attendee/name",
    "/attendee/email",
    "/guests/0/email",
    "/note",
    "/answers/company",
  ].concat(["team-size", "goals", "website", "phone", "step-free"].map((id) => `/answers/${id}`));
  const errors = pointers.map((pointer) => ({
    pointer,
    code: "made-up",
    detail: `must be other than at ${pointer}`,
  }));
  await page.route(BOOKINGS, (route) => refuse(route, 422, "invalid", { errors }));
  await booking.arrive("workshop");
  await booking.times.first().click();
  await booking.fill(guest);
  await page.getByRole("textbox", { name: /^Which company/ }).fill("Engines");
  await page.getByRole("combobox", { name: /^How many people/ }).selectOption("Just me");
  await booking.button("Add guests").click();
  await page.getByRole("textbox", { name: /^Guests/ }).fill("grace@example.org");
  await booking.submit.click();
  await booking.confirm.click();
  await expect(booking.dialog).toBeHidden();
  await expect.poll(() => booking.focused()).toContain("10 things are left to do");

  const textbox = (name: RegExp) => page.getByRole("textbox", { name });
  const fields = [booking.name, booking.email, textbox(/^Guests/), textbox(/^Anything to add/)].concat(
    textbox(/^Which company/),
    page.getByRole("combobox", { name: /^How many people/ }),
    textbox(/^What would make/),
    textbox(/^Your website/),
    textbox(/^A number to reach/),
    page.getByRole("checkbox", { name: /^We need/ }),
  );
  for (const [index, field] of fields.entries()) {
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(new RegExp(`must be other than at ${pointers[index]}`));
  }
});
