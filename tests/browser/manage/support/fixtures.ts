import type { Created } from "../../support/api";
import { test as base, expect } from "../../support/fixtures";
import { ManagePage } from "./manage-page";

export type Booked = Created & {
  /** What stands behind the dot of its link: the right to it. */
  readonly secret: string;
};

type Span = { readonly from?: string; readonly index?: number };

export type Book = (slug: string, span?: Span) => Promise<Booked>;

type ForTest = {
  readonly managing: ManagePage;
  /** Books by the API, as the guest of the test, one of the first free times from a date on. */
  readonly book: Book;
};

export const test = base.extend<ForTest>({
  managing: async ({ page }, use) => use(new ManagePage(page)),

  book: async ({ api, guest }, use) => {
    await use(async (slug, { from = "2026-12-01", index = 0 } = {}) => {
      const { days } = await api.slots(slug, { from, to: "2027-01-12", zone: "Europe/London" });
      const start = days.flatMap(({ slots }) => slots)[index] ?? "";
      const made = await api.book(slug, start, guest.name, guest.email);
      expect(made.status(), await made.text()).toBe(201);
      const created: Created = await made.json();
      return { ...created, secret: created.manage_url.slice(created.manage_url.lastIndexOf(".") + 1) };
    });
  },
});

export { expect };
