import type { Page } from "@playwright/test";
import type { Api } from "../../support/api";
import { Gate, LOAD_FAILED, patchMeetingType, refuse } from "../../support/replies";
import type { Watch } from "../../support/watch";
import { type Book, expect } from "./fixtures";
import type { ManagePage } from "./manage-page";
import { BOOKING, CANCEL, MOVES, patchManaged, RESCHEDULE } from "./replies";

export type Scene = {
  readonly page: Page;
  readonly managing: ManagePage;
  readonly book: Book;
  readonly api: Api;
  readonly watch: Watch;
};

type Arrange = (scene: Scene) => Promise<void>;

const CALENDAR = {
  google_url: "https://calendar.example.org/google",
  outlook_url: "https://calendar.example.org/outlook",
  office365_url: "https://calendar.example.org/office365",
  ics_url: "https://calendar.example.org/file",
};

/** Everything the page can look like, each brought about as a guest would meet it. */
export const STATES: Readonly<Record<string, Arrange>> = {
  loading: async ({ page, managing, book }) => {
    await new Gate().at(page, BOOKING);
    await managing.open((await book("demo")).manage_url);
    await expect(page.getByText("Looking for your booking …")).toBeAttached();
  },
  slow: async ({ page, managing, book }) => {
    await new Gate().at(page, BOOKING);
    await managing.open((await book("demo")).manage_url);
    await expect(page.getByText("Looking for your booking …")).toBeAttached();
    await page.clock.runFor(4_000);
    await expect(page.getByText("This is taking longer than usual.")).toBeVisible();
  },
  booked: async ({ page, managing, book }) => {
    await patchManaged(page, () => ({ calendar: CALENDAR }));
    await managing.arrive((await book("demo")).manage_url);
  },
  "everything that was said": async ({ page, managing, book }) => {
    await answered(page);
    await managing.arrive((await book("intro")).manage_url);
  },
  "in another zone": async ({ page, managing, book }) => {
    await patchManaged(page, () => ({ booking: { time_zone: "Asia/Kathmandu" } }));
    await managing.arrive((await book("intro")).manage_url);
    await expect(page.getByText(/where you are now, London/)).toBeVisible();
  },
  pending: async ({ page, managing, book }) => {
    await patchManaged(page, () => ({ booking: { state: "pending" } }));
    await managing.open((await book("demo")).manage_url);
    await managing.shows("Waiting for an answer");
  },
  "too late": async ({ page, managing, book }) => {
    const until = "2026-11-23T07:30:00+00:00";
    await patchManaged(page, () => ({ may: { cancel: false, reschedule: false, until } }));
    await managing.arrive((await book("demo")).manage_url);
    await expect(page.getByText("It is too late to change this here")).toBeVisible();
  },
  "cannot be moved": async ({ page, managing, book }) => {
    await patchManaged(page, () => ({ may: { reschedule: false } }));
    await managing.arrive((await book("demo")).manage_url);
    await expect(page.getByText(/^It cannot be moved/)).toBeVisible();
  },
  begun: async ({ page, managing, book }) => {
    await patchManaged(page, () => past("07:55", "08:25"));
    await managing.open((await book("demo")).manage_url);
    await managing.shows("This meeting has begun");
  },
  over: async ({ page, managing, book }) => {
    await patchManaged(page, () => past("07:00", "07:30"));
    await managing.open((await book("demo")).manage_url);
    await managing.shows("This meeting is over");
  },
  "cancelled by the host": async ({ page, managing, book }) => {
    const at = "2026-11-22T16:05:00+00:00";
    const reason = "The trains are not running.\nI am sorry.";
    await patchManaged(page, () => ({
      booking: { state: "cancelled", cancelled: { by: "host", reason, at } },
      may: { cancel: false, reschedule: false, until: null },
    }));
    await managing.open((await book("demo")).manage_url);
    await managing.shows("This booking was cancelled");
  },
  declined: async ({ page, managing, book }) => {
    await patchManaged(page, () => ({
      booking: { state: "declined" },
      may: { cancel: false, reschedule: false, until: null },
    }));
    await managing.open((await book("demo")).manage_url);
    await managing.shows("The host could not take this time");
  },
  "no link": async ({ managing }) => {
    await managing.page.goto("/manage/");
    await managing.shows("This address is not complete");
  },
  "a link of nobody": async ({ managing, book, watch }) => {
    watch.allow(LOAD_FAILED);
    await managing.open(`${(await book("demo")).manage_url.slice(0, -1)}_`);
    await managing.shows("This link opens no booking");
  },
  unreachable: async ({ page, managing, book, watch }) => {
    watch.allow(LOAD_FAILED);
    await page.route(BOOKING, (route) => route.abort());
    await managing.open((await book("demo")).manage_url);
    await managing.shows("No connection to the server");
  },
  broken: async ({ page, managing, book, watch }) => {
    watch.allow(LOAD_FAILED);
    await page.route(BOOKING, (route) => refuse(route, 500, "failed"));
    await managing.open((await book("demo")).manage_url);
    await managing.shows("Something went wrong on our side");
  },
  moving: async ({ managing, book }) => {
    await managing.arrive((await book("demo")).manage_url);
    await managing.goMove();
  },
  "times to come": async ({ page, managing, book }) => {
    await managing.arrive((await book("demo")).manage_url);
    await new Gate().at(page, MOVES);
    await managing.move.click();
    await managing.shows("Move your booking");
    await expect(page.getByText("Looking for free times …")).toBeAttached();
  },
  "lengths to choose": async ({ page, managing, book }) => {
    await patchMeetingType(page, () => ({ durations_minutes: [30, 60] }));
    await managing.arrive((await book("demo")).manage_url);
    await managing.goMove();
    await expect(page.getByRole("radio", { name: "1 hour" })).toBeVisible();
  },
  "confirm a move": asked,
  "moving fails": async (scene) => {
    scene.watch.allow(LOAD_FAILED);
    await scene.page.route(RESCHEDULE, (route) => refuse(route, 503, "busy", { retryAfter: 2 }));
    await asked(scene);
    await scene.managing.confirmMove.click();
    await expect(scene.page.getByText("Try again in 2 seconds.")).toBeVisible();
  },
  "time just taken": async (scene) => {
    scene.watch.allow(LOAD_FAILED);
    const alternatives = ["2026-12-02T09:00:00+00:00", "2026-12-02T09:30:00+00:00"];
    await scene.page.route(RESCHEDULE, (route) => refuse(route, 409, "slot-taken", { alternatives }));
    await asked(scene);
    await scene.managing.confirmMove.click();
    await expect(scene.page.getByText("has just been taken")).toBeVisible();
    await expect(scene.page.locator("[aria-busy=true]")).toHaveCount(0);
  },
  moved: async (scene) => {
    await asked(scene);
    await scene.managing.confirmMove.click();
    await scene.managing.shows("Your booking is moved");
  },
  "confirm cancelling": cancelling,
  "a reason that is too long": async (scene) => {
    await cancelling(scene);
    await scene.managing.reason.fill("x".repeat(1_001));
    await expect(scene.page.getByText("There is room for 1000 characters")).toBeVisible();
  },
  "cancelling fails": async (scene) => {
    scene.watch.allow(LOAD_FAILED);
    await scene.page.route(CANCEL, (route) => route.abort());
    await cancelling(scene);
    await scene.managing.confirmCancel.click();
    await expect(scene.page.getByText("Your booking stands as it was.")).toBeVisible();
  },
  cancelled: async (scene) => {
    await cancelling(scene);
    await scene.managing.confirmCancel.click();
    await scene.managing.shows("Your booking is cancelled");
  },
  "changed meanwhile": async ({ page, managing, book }) => {
    await managing.arrive((await book("demo")).manage_url);
    await patchManaged(page, ({ booking }) => ({
      booking: {
        revision: booking.revision + 1,
        start: "2026-12-03T10:00:00+00:00",
        end: "2026-12-03T10:30:00+00:00",
      },
    }));
    await lookAgain(page);
    await expect(page.getByText("This booking has changed meanwhile")).toBeVisible();
  },
  "long names": async ({ page, managing, book }) => {
    const name = "Wolfeschlegelsteinhausenbergerdorff ".repeat(3).trim();
    const title = "Donaudampfschifffahrtsgesellschaftskapitänsversammlung zur Vorbereitung der Jahrestagung";
    await patchManaged(page, ({ booking }) => ({
      booking: {
        meeting_type: { slug: booking.meeting_type.slug, title },
        hosts: booking.hosts.map(({ id }) => ({ id, name })),
        attendee: { name, email: `${"long.".repeat(12)}name@${"sub.".repeat(10)}example.org` },
        note: "Withoutanyspace".repeat(12),
      },
    }));
    await managing.arrive((await book("demo")).manage_url);
  },
  "right to left": async ({ page, managing, book }) => {
    await answered(page);
    await managing.open((await book("intro")).manage_url, "?lang=en-XB");
    await expect(page.locator("html[dir=rtl]")).toBeAttached();
    await expect(managing.heading).toBeVisible();
  },
  "moving from right to left": async ({ page, managing, book }) => {
    await managing.open((await book("demo")).manage_url, "?lang=en-XB");
    await managing.main.getByRole("button").first().click();
    await expect(page.getByRole("radio", { name: /\d\d:\d\d/ }).first()).toBeVisible();
  },
  german: async ({ page, managing, book }) => {
    await answered(page);
    await managing.open((await book("intro")).manage_url, "?lang=de");
    await managing.shows("Ihr Termin ist gebucht");
  },
  "moving in German": async ({ page, managing, book }) => {
    await managing.open((await book("demo")).manage_url, "?lang=de");
    await page.getByRole("button", { name: "Verschieben" }).click();
    await managing.choosing.month.getByRole("button", { name: "15. Dezember" }).click();
    await page
      .getByRole("radio", { name: /^\d\d:\d\d$/ })
      .first()
      .click();
    await expect(page.getByRole("dialog", { name: "Diesen Termin verschieben?" })).toBeVisible();
  },
};

/** What happens to a page that was put away and is looked at again. */
export async function lookAgain(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
}

/** Everything that can be said when booking. */
export async function answered(page: Page): Promise<void> {
  const questions = [
    { id: "company", label: "Which company are you with?", kind: "text" as const, required: true },
    {
      id: "goals",
      label: "What would make this hour worth it?",
      kind: "long_text" as const,
      required: false,
    },
    { id: "step-free", label: "We need step-free access", kind: "checkbox" as const, required: false },
  ];
  await patchMeetingType(page, () => ({ questions }));
  await patchManaged(page, () => ({
    calendar: CALENDAR,
    booking: {
      attendee: { name: "Ada Lovelace", email: "ada@example.org", phone: "+44 20 7946 0123" },
      guests: [{ email: "grace@example.org", name: "Grace Hopper" }, { email: "joan@example.org" }],
      answers: { "step-free": true, goals: "A plan.\nAnd tea.", company: "Analytical Engines & Sons" },
      note: "It may be five minutes later.",
    },
  }));
}

function past(from: string, to: string) {
  const at = (time: string) => `2026-11-23T${time}:00+00:00`;
  return {
    booking: { start: at(from), end: at(to) },
    may: { cancel: false, reschedule: false, until: at(from) },
  };
}

async function asked({ managing, book }: Scene): Promise<void> {
  await managing.arrive((await book("demo")).manage_url);
  await managing.goMove();
  await managing.choosing.chooseDay("2026-12-02");
  await managing.choosing.times.nth(3).click();
  await expect(managing.dialog).toBeVisible();
}

async function cancelling({ managing, book }: Scene): Promise<void> {
  await managing.arrive((await book("demo")).manage_url);
  await managing.cancel.click();
  await expect(managing.dialog).toBeVisible();
}
