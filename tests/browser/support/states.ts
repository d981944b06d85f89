import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import type { Api } from "./api";
import type { BookingPage } from "./booking-page";
import {
  BOOKINGS,
  Gate,
  LOAD_FAILED,
  MEETING_TYPE,
  patchFarAway,
  patchMeetingType,
  patchSlots,
  refuse,
  SLOTS,
} from "./replies";
import type { Watch } from "./watch";

export type Scene = {
  readonly page: Page;
  readonly booking: BookingPage;
  readonly api: Api;
  readonly guest: { readonly name: string; readonly email: string };
  readonly watch: Watch;
};

type Arrange = (scene: Scene) => Promise<void>;

/** Everything the page can look like, each brought about as a guest would meet it. */
export const STATES: Readonly<Record<string, Arrange>> = {
  loading: async ({ page, booking }) => {
    await held(page, SLOTS);
    await booking.open("demo");
    await expect(booking.page.getByRole("heading", { name: "Product demo" })).toBeVisible();
  },
  slow: async ({ page, booking }) => {
    await held(page, MEETING_TYPE);
    await held(page, SLOTS);
    await booking.open("demo");
    await page.clock.runFor(4_000);
    await expect(page.getByText("This is taking longer than usual.")).toBeVisible();
  },
  times: ({ booking }) => booking.arrive("demo"),
  "times of an introduction": ({ booking }) => booking.arrive("intro"),
  "durations to choose": ({ booking }) => booking.arrive("workshop"),
  "a time zone is searched": async ({ booking, page }) => {
    await booking.arrive("demo");
    await booking.zone.click();
    await page.getByRole("combobox").fill("Kath");
    await expect(page.getByRole("option").first()).toBeVisible();
  },
  "no time zone found": async ({ booking, page }) => {
    await booking.arrive("demo");
    await booking.zone.click();
    await page.getByRole("combobox").fill("Atlantis");
    await expect(page.getByText("No time zone matches")).toBeVisible();
  },
  "a zone nobody knows": async ({ booking, page, watch }) => {
    watch.allow(LOAD_FAILED);
    await inventZone(page);
    await booking.arrive("demo");
    await expect(page.getByText("Mars/Olympus")).toBeVisible();
  },
  "next free time": async ({ booking, page }) => {
    await patchFarAway(page, ["2027-04-13T14:30:00+01:00"]);
    await booking.open("demo");
    await expect(
      page.getByRole("button", { name: /^Next free time: Tuesday 13 April( 2027)?, 14:30$/ }),
    ).toBeVisible();
  },
  "nothing free at all": async ({ booking, page }) => {
    await patchSlots(page, () => ({ days: [], next_available: null }));
    await booking.open("demo");
    await expect(page.getByText("No free times at present")).toBeVisible();
  },
  unreachable: async ({ booking, page, watch }) => {
    watch.allow(LOAD_FAILED);
    await page.route(/\/v1\//, (route) => route.abort());
    await booking.open("demo");
    await expect(booking.button("Try again")).toBeVisible();
  },
  broken: async ({ booking, page, watch }) => {
    watch.allow(LOAD_FAILED);
    await page.route(SLOTS, (route) => refuse(route, 500, "failed"));
    await booking.open("demo");
    await expect(booking.button("Try again")).toBeVisible();
  },
  "unknown meeting": async ({ booking, page, watch }) => {
    watch.allow(LOAD_FAILED);
    await booking.open("no-such-meeting");
    await expect(page.getByText("This page leads nowhere")).toBeVisible();
  },
  form: async ({ booking }) => {
    await booking.arrive("demo");
    await booking.times.first().click();
    await expect(booking.name).toBeVisible();
  },
  "form with questions": (scene) => withQuestions(scene),
  "form with errors": async (scene) => {
    await withQuestions(scene);
    await scene.booking.submit.click();
    await expect(scene.page.getByRole("group", { name: "4 things are left to do" })).toBeFocused();
  },
  confirm: asked,
  "confirm between zones": async ({ booking, guest }) => {
    await booking.arrive("intro");
    await booking.times.first().click();
    await booking.fill(guest);
    await booking.submit.click();
    await expect(booking.dialog).toBeVisible();
  },
  booking: async (scene) => {
    await held(scene.page, BOOKINGS);
    await asked(scene);
    await scene.booking.confirm.click();
    await expect(scene.booking.button("Booking …")).toBeVisible();
  },
  "booking failed": async (scene) => {
    scene.watch.allow(LOAD_FAILED);
    await scene.page.route(BOOKINGS, (route) => refuse(route, 503, "busy", { retryAfter: 2 }));
    await asked(scene);
    await scene.booking.confirm.click();
    await expect(scene.page.getByText("Try again in 2 seconds.")).toBeVisible();
  },
  "time just taken": async (scene) => {
    scene.watch.allow(LOAD_FAILED);
    const alternatives = [
      "2026-11-24T09:00:00+00:00",
      "2026-11-24T09:30:00+00:00",
      "2026-11-25T10:00:00+00:00",
    ];
    await scene.page.route(BOOKINGS, (route) => refuse(route, 409, "slot-taken", { alternatives }));
    await asked(scene);
    await scene.booking.confirm.click();
    await expect(scene.page.getByText("has just been taken")).toBeVisible();
  },
  booked: async (scene) => {
    await asked(scene);
    await scene.booking.confirm.click();
    await expect(scene.booking.booked).toBeVisible();
  },
  "request sent": async (scene) => {
    await patchMeetingType(scene.page, () => ({ requires_approval: true }));
    await scene.page.route(BOOKINGS, async (route) => {
      const response = await route.fetch();
      const made = await response.json();
      await route.fulfill({ response, json: { ...made, booking: { ...made.booking, state: "pending" } } });
    });
    await scene.booking.arrive("demo");
    await scene.booking.times.first().click();
    await scene.booking.fill(scene.guest);
    await scene.booking.button(/^Ask for/).click();
    await scene.booking.dialog.getByRole("button", { name: /^Ask for/ }).click();
    await expect(scene.page.getByRole("heading", { name: "Your request is sent" })).toBeVisible();
  },
  "back from booked": async (scene) => {
    await asked(scene);
    await scene.booking.confirm.click();
    await expect(scene.booking.booked).toBeVisible();
    await scene.page.goBack();
    await expect(scene.page.getByText(/^You have booked/)).toBeVisible();
  },
  "long names": async ({ booking, page }) => {
    await patchMeetingType(page, (given) => ({
      title: "Donaudampfschifffahrtsgesellschaftskapitänsversammlung zur Vorbereitung der Jahrestagung",
      hosts: given.hosts.map(({ id }) => ({
        id,
        name: "Wolfeschlegelsteinhausenbergerdorff ".repeat(3).trim(),
      })),
      description: `${"A description that goes on. ".repeat(12)}${"Withoutanyspace".repeat(8)}`,
    }));
    await booking.arrive("demo");
  },
  "right to left": async ({ booking, page }) => {
    await booking.open("workshop", { lang: "en-XB" });
    await expect(page.locator("html[dir=rtl]")).toBeAttached();
    await expect(page.getByRole("radio").first()).toBeVisible();
  },
  german: async ({ booking, page }) => {
    await booking.open("workshop", { lang: "de" });
    await expect(page.getByRole("group", { name: /^(Vormittag|Nachmittag|Abend)/ }).first()).toBeVisible();
  },
};

async function asked({ booking, guest }: Scene): Promise<void> {
  await booking.arrive("demo");
  await booking.times.first().click();
  await booking.fill(guest);
  await booking.submit.click();
  await expect(booking.dialog).toBeVisible();
}

async function withQuestions({ booking }: Scene): Promise<void> {
  await booking.arrive("workshop");
  await booking.times.first().click();
  await expect(booking.name).toBeVisible();
}

/** No answer comes while the test lasts. */
async function held(page: Page, where: RegExp): Promise<void> {
  await new Gate().at(page, where);
}

/** A browser whose zone nobody has heard of. */
export async function inventZone(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const real = Intl.DateTimeFormat.prototype.resolvedOptions;
    Intl.DateTimeFormat.prototype.resolvedOptions = function invented() {
      return { ...real.call(this), timeZone: "Mars/Olympus" };
    };
  });
}
