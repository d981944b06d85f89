import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { BookingPage } from "../../support/booking-page";

/** The page behind a manage link. Choosing a time is done as on the booking page. */
export class ManagePage {
  readonly choosing: BookingPage;
  readonly heading: Locator;
  readonly main: Locator;
  readonly move: Locator;
  readonly cancel: Locator;
  readonly keep: Locator;
  readonly dialog: Locator;
  readonly confirmMove: Locator;
  readonly confirmCancel: Locator;
  readonly reason: Locator;

  constructor(readonly page: Page) {
    this.choosing = new BookingPage(page);
    this.heading = page.getByRole("heading", { level: 1 });
    this.main = page.getByRole("main");
    this.move = page.getByRole("button", { name: "Move to another time", exact: true });
    this.cancel = this.main.getByRole("button", { name: "Cancel this booking", exact: true });
    this.keep = page.getByRole("button", { name: "Keep this time" });
    this.dialog = page.getByRole("dialog");
    this.confirmMove = this.dialog.getByRole("button", { name: /^(Move to|Try again)/ });
    this.confirmCancel = this.dialog.getByRole("button", { name: /^(Cancel this booking|Try again)$/ });
    this.reason = this.dialog.getByRole("textbox", { name: /^Do you want to say why/ });
  }

  /** `link` is an address as letters have it. */
  async open(link: string, query = ""): Promise<void> {
    const { pathname, hash } = new URL(link);
    await this.page.goto(pathname + query + hash);
  }

  async arrive(link: string): Promise<void> {
    await this.open(link);
    await this.shows("You are booked");
  }

  async shows(heading: string): Promise<void> {
    await expect(this.heading).toHaveText(heading);
  }

  /** From the booking to the times it could be moved to. */
  async goMove(): Promise<void> {
    await this.move.click();
    await this.shows("Move your booking");
    await expect(this.choosing.times.first()).toBeVisible();
  }

  keepsFocus(): Promise<void> {
    return this.choosing.keepsFocus();
  }
}
