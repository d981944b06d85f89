import type { Locator, Page } from "@playwright/test";
import type { Created, MeetingType } from "../support/api";
import { expect, test } from "../support/fixtures";
import { BOOKINGS, LOAD_FAILED, patchMeetingType } from "../support/replies";
import { PAYLOADS } from "../xss";

// The watch of every test notes whatever runs. Here it is given every chance.

test("the corpus is 200 different texts", () => {
  expect(new Set(PAYLOADS).size).toBe(200);
});

/** A page shows many texts at once, so each payload stands in each place on one of these pages. */
const BATCH = 20;
/** So often each page is opened, each time with every parameter saying something else. */
const TURNS = 4;
/** Name, note and two answers of one booking. */
const PLACES = 4;
const batches = Array.from({ length: PAYLOADS.length / BATCH }, (_, index) =>
  PAYLOADS.slice(index * BATCH, (index + 1) * BATCH),
);

/** What could be taken for an address: it begins with what may be a scheme. */
const addresses = PAYLOADS.filter(
  (payload) => /^[\w&#;%+.-]*:|^\/\/|^ /.test(payload) || /^javascript/i.test(payload),
);

test.describe("what an owner writes", () => {
  for (const [index, batch] of batches.entries()) {
    test(`is text in every place, ${index + 1} of ${batches.length}`, async ({ page, booking, guest }) => {
      test.slow();
      await patchMeetingType(page, (given) => poisoned(given, batch));
      await poisonBooking(page, batch);
      await booking.arrive("demo");
      for (const payload of batch) {
        await expect(page.getByRole("heading", { level: 1 })).toContainText(payload.trim());
      }
      expect(await links(page)).toEqual([]);
      await booking.times.first().click();
      await expect(booking.name).toBeVisible();
      for (const payload of batch) {
        await expect(page.getByRole("textbox", { name: payload.trim() }).first()).toBeVisible();
      }
      expect(await links(page)).toEqual([]);

      await booking.fill(guest);
      await booking.submit.click();
      await says(booking.dialog, batch, "the title, the hosts and the place");
      expect(await links(page)).toEqual([]);

      // The booking is kept in the history, and shown from there once more.
      await booking.confirm.click();
      for (const opened of ["fresh", "again"]) {
        await expect(booking.booked).toBeVisible();
        await says(booking.main, batch, opened);
        expect(await links(page)).toEqual([]);
        if (opened === "fresh") await page.reload();
      }
    });
  }

  test("leads nowhere as the address of the place", async ({ page, booking, guest }) => {
    test.slow();
    await booking.arrive("demo");
    await booking.times.first().click();
    await booking.fill(guest);
    await booking.book();
    expect(addresses.length).toBeGreaterThan(25);
    // The booking is kept in the history, and shown from there.
    for (const detail of [...addresses, ROOM]) {
      await page.evaluate(meetAt, detail);
      await page.reload();
      await expect(booking.main).toContainText(detail.trim());
      expect(await links(page), detail).toEqual([]);
    }
    await expect(page.getByRole("link", { name: ROOM }), "a good address is a link").toHaveAttribute(
      "href",
      ROOM,
    );
  });
});

const ROOM = "https://meet.example.org/room";

/** Runs in the page. */
function meetAt(detail: string): void {
  const place = structuredClone(history.state);
  place.created.booking.location = { kind: "link", detail, join_url: detail };
  history.replaceState(place, "");
}

test.describe("what a guest writes", () => {
  for (const [index, batch] of batches.entries()) {
    test(`in the address and the form is text, ${index + 1} of ${batches.length}`, async ({
      page,
      booking,
      watch,
    }) => {
      test.slow();
      // The server refuses such a zone, and the page goes on without it.
      watch.allow(LOAD_FAILED);
      for (let turn = 0; turn < BATCH; turn += BATCH / TURNS) {
        const turned = [...batch.slice(turn), ...batch.slice(0, turn)];
        const given = prefilled(turned);
        await page.goto(`/book/workshop?${given}`);
        const refused = page.getByText("There is no time zone called");
        await expect(refused).toContainText(shown(given.get("tz") ?? "", 64));
        await expect(booking.zone).toBeVisible();
        expect(await links(page)).toEqual([]);

        await booking.times.first().click();
        const field = (name: RegExp) => page.getByRole("textbox", { name });
        await expect(booking.name).toHaveValue(given.get("name")?.trim() ?? "");
        await expect(booking.email).toHaveValue(given.get("email")?.trim() ?? "");
        await expect(field(/^Which company/)).toHaveValue(given.get("a.company")?.trim() ?? "");
        await expect(field(/^Your website/)).toHaveValue(given.get("a.website")?.trim() ?? "");
        await expect(field(/^What would make/)).toHaveValue(given.get("a.goals")?.trim() ?? "");
        await expect(field(/^Anything to add/)).toHaveValue(turned.join("\n"));
        await booking.submit.click();
        await expect(page.getByRole("group", { name: /things are left to do$/ })).toBeFocused();
        expect(await links(page)).toEqual([]);
      }
    });
  }

  test("is text in the inbox, in the letter and beside it", async ({ page, api, request, watch }) => {
    test.setTimeout(180_000);
    // A letter is shown in a sandbox, where Playwright's own script cannot run either.
    watch.allow(/^console: Blocked script execution in .*\/html' because the document's frame is sandboxed/);
    const { days } = await api.slots("workshop", {
      from: "2026-11-24",
      to: "2027-01-15",
      zone: "Europe/London",
    });
    // A quarter of an hour stays free after each, so every second start can be booked.
    const starts = days.flatMap(({ slots }) => slots.filter((_, index) => index % 2 === 0));
    const ask = async (index: number) => {
      const [name, note, company, goals] = PAYLOADS.slice(index * PLACES, (index + 1) * PLACES);
      const headers = { "X-Forwarded-For": `192.0.2.${index}`, "Idempotency-Key": `hostile-${index}` };
      const wish = {
        meeting_type: "workshop",
        start: starts[index],
        time_zone: "Europe/London",
        attendee: { name, email: `hostile-${index}@example.net` },
        answers: { company, goals, "team-size": "Just me" },
        note,
      };
      // Under such a crowd the program may say that it is busy; asking again with the same key is safe.
      const book = () => request.post("/v1/bookings", { data: wish, headers });
      let status = 0;
      const answered = async () => {
        status = (await book()).status();
        return status;
      };
      await expect.poll(answered, name).not.toBe(503);
      expect(status, name).toBe(201);
    };
    for (let index = 0; index < PAYLOADS.length / PLACES; index += 1) await ask(index);

    const hostile = async () =>
      (await api.letters()).filter(({ text }) => /hacked|confirm\(200|PHNjcmlwdD5oYWNrZWQ/.test(text));
    await expect
      .poll(async () => (await hostile()).length, { timeout: 60_000, intervals: [2_000] })
      .toBe((2 * PAYLOADS.length) / PLACES);
    await page.goto("/_local/inbox");
    await expect(page.getByRole("heading", { name: "Inbox" })).toBeVisible();
    expect(await links(page)).toEqual([]);
    const letters = await hostile();
    for (const payload of PAYLOADS) {
      const marks = payload.match(/\w+/g) ?? [];
      expect(
        letters.some(({ text }) => marks.every((mark) => text.includes(mark))),
        payload,
      ).toBe(true);
    }
    for (const { id } of letters.filter((_, index) => index % 20 === 0)) {
      for (const part of ["", "/text", "/html"]) {
        await page.goto(`/_local/inbox/${id}${part}`);
        expect(await links(page)).toEqual([]);
      }
    }

    // What a mail program makes of the letters, all of them, whatever it lets run.
    await page.goto("about:blank");
    expect(
      await page.evaluate(
        armed,
        letters.map(({ html }) => html),
      ),
    ).toEqual([]);
    expect(await page.evaluate(armed, ["<p>quiet</p><b onclick=hacked(1)>loud</b>"])).toEqual(["b onclick"]);
  });
});

/** Runs in the page: what of some documents could run script, or load something. */
function armed(documents: readonly string[]): readonly string[] {
  const elements = documents.flatMap((html) => [
    ...new DOMParser().parseFromString(html, "text/html").querySelectorAll("*"),
  ]);
  const never = new Set([
    "script",
    "iframe",
    "object",
    "embed",
    "img",
    "svg",
    "math",
    "form",
    "base",
    "link",
    "video",
  ]);
  const found = elements.filter(({ localName }) => never.has(localName)).map(({ localName }) => localName);
  const handlers = elements.flatMap((element) =>
    element
      .getAttributeNames()
      .filter(
        (name) =>
          name.startsWith("on") || /^\s*(javascript|data|vbscript):/i.test(element.getAttribute(name) ?? ""),
      )
      .map((name) => `${element.localName} ${name}`),
  );
  return [...found, ...handlers];
}

/** Every text of its owner is hostile. */
function poisoned({ hosts }: MeetingType, batch: readonly string[]): Partial<MeetingType> {
  return {
    title: batch.join(" "),
    description: batch.join("\n"),
    location: { kind: "in_person", detail: batch.join(" ") },
    hosts: batch.map((name, index) => ({ id: hosts[index]?.id ?? `host-${index}`, name })),
    mode: "collective",
    questions: batch.flatMap((label, index) => [
      { id: `text-${index}`, label, kind: "text" as const, required: false },
      { id: `choice-${index}`, label, kind: "choice" as const, required: false, choices: [...batch] },
      { id: `tick-${index}`, label, kind: "checkbox" as const, required: false },
    ]),
  };
}

/** Everything that the address of the page can say. */
function prefilled(payloads: readonly string[]): URLSearchParams {
  const names = [
    "name",
    "email",
    "phone",
    "date",
    "time",
    "duration",
    "tz",
    "host",
    "lang",
    "utm_source",
  ].concat(["a.company", "a.goals", "a.website", "a.phone", "a.team-size", "a.step-free", "a.nothing"]);
  const given = new URLSearchParams(names.map((name, index) => [name, payloads[index] ?? ""]));
  given.set("note", payloads.join("\n"));
  for (const payload of payloads) {
    given.append("guests", payload);
    given.append(payload, payload);
    given.append(`a.${payload}`, payload);
    given.append(`utm_${payload}`, payload);
  }
  return given;
}

/** A text of the address as it is said: cut, and without the space at its ends. */
function shown(text: string, most: number): string {
  return text.trim().slice(0, most).trim();
}

/** The reply to a booking, with hostile words of its owner in every place. */
async function poisonBooking(page: Page, batch: readonly string[]): Promise<void> {
  await page.route(BOOKINGS, async (route) => {
    // The server knows nothing of the questions that were made up.
    const postData = { ...route.request().postDataJSON(), answers: {} };
    const response = await route.fetch({ postData });
    expect(response.status()).toBe(201);
    const made: Created = await response.json();
    const { booking } = made;
    const hosts = batch.map((name, index) => ({ id: `host-${index}`, name }));
    const location = { kind: "in_person", detail: batch.join(" ") };
    const meeting_type = { ...booking.meeting_type, title: batch.join(" ") };
    await route.fulfill({
      response,
      json: { ...made, booking: { ...booking, hosts, location, meeting_type } },
    });
  });
}

/** Three times each: in the title, as a host and as the place. */
async function says(place: Locator, batch: readonly string[], where: string): Promise<void> {
  await expect(place).toBeVisible();
  const text = squeezed(await place.innerText());
  for (const payload of batch) {
    const times = text.split(squeezed(payload)).length - 1;
    expect(times, `${where}: ${payload}`).toBeGreaterThanOrEqual(3);
  }
}

const squeezed = (text: string) => text.replaceAll(/\s+/gu, " ").trim();

/** The addresses of links, forms and frames that lead anywhere but to a page. */
function links(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const named = ["href", "src", "action", "formaction", "data", "srcdoc", "xlink:href"];
    const all = [...document.querySelectorAll("*")].flatMap((element) =>
      named.flatMap((name) => element.getAttribute(name) ?? []),
    );
    const resolved = all.map((address) => new URL(address, document.baseURI).protocol + address);
    return resolved.filter(
      (address) => !/^(https?|data|mailto|tel|about):/.test(address) || /^data:text/.test(address),
    );
  });
}
