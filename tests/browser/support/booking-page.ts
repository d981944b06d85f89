import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import * as wall from "./wall";

type Person = { readonly name: string; readonly email: string };

const PART_OF_DAY = /^(Morning|Afternoon|Evening) \(\d+\)$/;

/** The booking page as a guest finds their way in it: by what things are and what they are called. */
export class BookingPage {
  readonly month: Locator;
  readonly times: Locator;
  readonly name: Locator;
  readonly email: Locator;
  readonly submit: Locator;
  readonly dialog: Locator;
  readonly confirm: Locator;
  readonly booked: Locator;
  readonly main: Locator;
  readonly zone: Locator;

  constructor(readonly page: Page) {
    this.month = page.locator("calendar-month");
    this.times = page.getByRole("group", { name: PART_OF_DAY }).getByRole("radio");
    this.name = page.getByRole("textbox", { name: /^Your name/ });
    this.email = page.getByRole("textbox", { name: /^Your email address/ });
    this.submit = page.getByRole("button", { name: /^Book \d/ });
    this.dialog = page.getByRole("dialog");
    this.confirm = this.dialog.getByRole("button", { name: /^Book \d/ });
    this.booked = page.getByRole("heading", { name: "You are booked" });
    this.main = page.getByRole("main");
    this.zone = page.getByRole("button", { name: /, \d{1,2}:\d\d.* now$/ });
  }

  async open(slug: string, query: Readonly<Record<string, string>> = {}): Promise<void> {
    const search = new URLSearchParams(query).toString();
    await this.page.goto(`/book/${slug}${search && `?${search}`}`);
  }

  /** Opens it and waits until there is something to choose. */
  async arrive(slug: string, query: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.open(slug, query);
    await expect(this.times.first()).toBeVisible();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", typeof name === "string" ? { name, exact: true } : { name });
  }

  get locale(): Promise<string> {
    return this.page.evaluate(() => navigator.language);
  }

  /** Where the browser stands, by the name of today: Chromium knows Kathmandu by its older spelling. */
  get browserZone(): Promise<string> {
    const zone = this.page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
    return zone.then((name) => name.replace("Katmandu", "Kathmandu"));
  }

  async day(date: string): Promise<Locator> {
    const name = wall.dayOfMonth(date, await this.locale);
    return this.month.getByRole("button", { name, exact: true });
  }

  async chooseDay(date: string): Promise<void> {
    const day = await this.day(date);
    const next = this.page.getByRole("button", { name: "Next month" });
    // Until the month is shown, no day is visible in it, and paging on would lead past the one that is meant.
    await expect(this.month.getByRole("button").first()).toBeVisible();
    while (!(await day.isVisible())) await next.click();
    await day.click();
    await expect(day).toHaveAttribute("aria-pressed", "true");
  }

  /** From what was booked to other times: those of a day of its own, for the first one may be booked up by others. */
  async another(): Promise<void> {
    await this.page.getByRole("button", { name: "Book another time" }).click();
    await this.chooseDay("2026-11-27");
  }

  time(reading: string): Locator {
    const exactly = new RegExp(`^${wall.spaced(reading).source}$`, "u");
    return this.page.getByRole("group", { name: PART_OF_DAY }).getByRole("radio", { name: exactly });
  }

  /** What the times of the chosen day read, in order. */
  async readings(): Promise<readonly string[]> {
    const labels = await this.times.evaluateAll((radios) =>
      radios.map((radio) => (radio as HTMLInputElement).labels?.[0]?.innerText ?? ""),
    );
    return labels.map((label) => label.replaceAll(/\s+/gu, " ").trim());
  }

  /** From the opening to the form: the day and the time that an instant is in the zone it is written in. */
  async choose(start: string): Promise<void> {
    await this.chooseDay(wall.dateOf(start));
    await this.time(wall.time(start, await this.locale)).click();
    await expect(this.name).toBeVisible();
  }

  async chooseZone(city: string): Promise<void> {
    await this.zone.click();
    await this.page.getByRole("combobox", { name: "Search for a time zone" }).fill(city);
    await this.page
      .getByRole("option", { name: new RegExp(city) })
      .first()
      .click();
    await expect(this.zone).toHaveAccessibleName(new RegExp(`^Time zone: ${city}, `));
  }

  async fill({ name, email }: Person): Promise<void> {
    await this.name.fill(name);
    await this.email.fill(email);
  }

  /** Sends the form, says yes, and waits for the good news. */
  async book(): Promise<void> {
    await this.submit.click();
    await this.confirm.click();
    await expect(this.booked).toBeVisible();
  }

  /** Where the keyboard is, through shadow trees, or "" when it is nowhere. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      let active: Element | null = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (!active || active === document.body || active === document.documentElement) return "";
      return `${active.localName} ${active.getAttribute("aria-label") ?? active.textContent ?? ""}`.trim();
    });
  }

  async keepsFocus(): Promise<void> {
    await expect.poll(() => this.focused(), { message: "the focus is lost" }).not.toBe("");
  }
}
