import type { Page, Request } from "@playwright/test";
import type { components } from "../../../../static-site/lib/api-types";

type Schemas = components["schemas"];
export type Managed = Schemas["Managed"];

export const BOOKING = /\/v1\/bookings\/[^/?]+$/;
export const MOVES = /\/v1\/bookings\/[^/?]+\/slots\?/;
export const CANCEL = /\/v1\/bookings\/[^/?]+\/cancel$/;
export const RESCHEDULE = /\/v1\/bookings\/[^/?]+\/reschedule$/;

type Changed = { readonly booking?: Partial<Managed["booking"]>; readonly may?: Partial<Managed["may"]> };

/** The real booking, changed on its way. */
export async function patchManaged(page: Page, change: (given: Managed) => Changed & object): Promise<void> {
  await page.route(BOOKING, async (route) => {
    const response = await route.fetch();
    const given: Managed = await response.json();
    const { booking, may, ...more } = change(given);
    const json = {
      ...given,
      ...more,
      booking: { ...given.booking, ...booking },
      may: { ...given.may, ...may },
    };
    await route.fulfill({ response, json });
  });
}

/** Everything that leaves the page to change something. */
export class Writes {
  readonly requests: Request[] = [];

  constructor(page: Page) {
    page.on("request", (request) => {
      if (!["GET", "HEAD", "OPTIONS"].includes(request.method())) this.requests.push(request);
    });
  }

  get keys(): readonly (string | undefined)[] {
    return this.requests.map((request) => request.headers()["idempotency-key"]);
  }
}
