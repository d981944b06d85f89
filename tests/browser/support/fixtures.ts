import { test as base, expect } from "@playwright/test";
import { Api } from "./api";
import { BookingPage } from "./booking-page";
import { Program } from "./program";
import { Watch } from "./watch";

/** A Monday morning in London on which every demo host works soon. */
export const MONDAY = "2026-11-23T08:00:00Z";

/** Who books: new in every test, because one person may book only so often. */
export type Guest = { readonly name: string; readonly email: string };

export type Settings = {
  /** Where the clocks of the program and of the browser start. */
  readonly now: string;
};

type ForWorker = Settings & { readonly program: Program };

type ForTest = {
  readonly address: string;
  readonly api: Api;
  readonly booking: BookingPage;
  readonly guest: Guest;
  readonly watch: Watch;
};

let tests = 0;

export const test = base.extend<ForTest, ForWorker>({
  now: [MONDAY, { option: true, scope: "worker" }],

  program: [
    async ({ now }, use) => {
      const program = await Program.start(now);
      await use(program);
      await program.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  baseURL: async ({ program }, use) => use(program.url),

  /** The network address that the program counts requests by. */
  // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, and this one needs nothing.
  address: async ({}, use) => {
    tests += 1;
    await use(`198.51.${Math.floor(tests / 250)}.${(tests % 250) + 1}`);
  },

  extraHTTPHeaders: async ({ address }, use) => use({ "X-Forwarded-For": address }),

  guest: async ({ address }, use) => {
    await use({ name: "Ada Lovelace", email: `ada-${address.replaceAll(".", "-")}@example.org` });
  },

  /** Another guest's way to the program, from another network address. */
  api: async ({ program, playwright, address }, use) => {
    const headers = { "X-Forwarded-For": address.replace("198.51.", "203.0.") };
    const http = await playwright.request.newContext({ baseURL: program.url, extraHTTPHeaders: headers });
    await use(new Api(http));
    await http.dispose();
  },

  /** In every test, whether it asks for it or not. */
  watch: [
    async ({ context, program }, use) => {
      const watch = new Watch(program.url);
      await watch.over(context);
      await use(watch);
      expect(watch.problems, "what the page must never do").toEqual([]);
    },
    { auto: true },
  ],

  /** The browser's clock is the program's; it runs on from there. */
  page: async ({ page, api, watch: _ }, use) => {
    await page.clock.install({ time: await api.now() });
    await use(page);
    // An answer that a test holds back may still be on its way when the test has seen enough.
    await page.unrouteAll({ behavior: "ignoreErrors" });
  },

  booking: async ({ page }, use) => use(new BookingPage(page)),
});

export { expect };
