import type { Page, Request, Route } from "@playwright/test";
import type { MeetingType, Slots } from "./api";

/** Where the page asks, so that a test can stand in between. Everything else is answered by the program itself. */
export const MEETING_TYPE = /\/v1\/meeting-types\/[^/?]+$/;
export const SLOTS = /\/v1\/meeting-types\/[^/?]+\/slots\?/;
export const BOOKINGS = /\/v1\/bookings$/;

/** What Chromium's console says about a reply that is not 2xx, and about none at all. */
export const LOAD_FAILED = /^console: Failed to load resource: /;

/** The real reply, changed on its way. */
export async function patchMeetingType(page: Page, change: (given: MeetingType) => Partial<MeetingType>) {
  await page.route(MEETING_TYPE, (route) => patch<MeetingType>(route, change));
}

export async function patchSlots(page: Page, change: (given: Slots) => Partial<Slots>) {
  await page.route(SLOTS, (route) => patch<Slots>(route, change));
}

/**
 * A calendar that is free on one day only, past the end of the first look: whoever looks too early is told when, and
 * whoever looks there finds it.
 */
export async function patchFarAway(page: Page, slots: readonly [string, ...string[]]): Promise<void> {
  const date = slots[0].slice(0, 10);
  await patchMeetingType(page, () => ({ window: { kind: "open" } }));
  await page.route(SLOTS, async (route) => {
    const asked = new URL(route.request().url()).searchParams;
    const isNear = (asked.get("to") ?? "") < date;
    const json: Slots = {
      days: isNear ? [] : [{ date, slots }],
      duration_minutes: 30,
      next_available: isNear ? slots[0] : null,
      time_zone: asked.get("time_zone") ?? "",
    };
    await route.fulfill({ json });
  });
}

async function patch<T extends object>(route: Route, change: (given: T) => Partial<T>): Promise<void> {
  const response = await route.fetch();
  const given: T = await response.json();
  await route.fulfill({ response, json: { ...given, ...change(given) } });
}

type Extra = { readonly retryAfter?: number } & Readonly<Record<string, unknown>>;

/** A problem reply in the form of the contract. */
export async function refuse(route: Route, status: number, name: string, extra: Extra = {}): Promise<void> {
  const { retryAfter, ...members } = extra;
  const headers = retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) };
  const body = { type: `/problems/${name}`, title: name, status, detail: `It is ${name}.`, ...members };
  await route.fulfill({
    status,
    headers,
    contentType: "application/problem+json",
    body: JSON.stringify(body),
  });
}

/** Breaks the first request; the others go through. */
export async function once(
  page: Page,
  where: RegExp,
  answer: (route: Route) => Promise<void>,
): Promise<void> {
  let broken = false;
  await page.route(where, async (route) => {
    if (broken) return route.continue();
    broken = true;
    await answer(route);
  });
}

/** Requests that are held back until the test lets them go. */
export class Gate {
  readonly #waiting: Route[] = [];
  #open = false;

  /** Holds so many back, and leaves the others to whoever else stands there. */
  async at(page: Page, where: RegExp, most = Number.POSITIVE_INFINITY): Promise<void> {
    let held = 0;
    await page.route(where, async (route) => {
      held += 1;
      if (held > most) return route.fallback();
      if (this.#open) return route.continue();
      this.#waiting.push(route);
    });
  }

  async open(): Promise<void> {
    this.#open = true;
    await Promise.all(this.#waiting.splice(0).map((route) => route.continue()));
  }
}

/** Every request to book that leaves the page, with its key. */
export class Bookings {
  readonly requests: Request[] = [];

  constructor(page: Page) {
    page.on("request", (request) => {
      if (BOOKINGS.test(request.url()) && request.method() === "POST") this.requests.push(request);
    });
  }

  get keys(): readonly (string | undefined)[] {
    return this.requests.map((request) => request.headers()["idempotency-key"]);
  }
}
