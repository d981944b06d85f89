import type { Route } from "@playwright/test";
import { expect, test } from "../support/fixtures";
import { BOOKINGS, LOAD_FAILED, MEETING_TYPE, once, SLOTS } from "../support/replies";

// What stands in front of the server answers in words of its own, or in none; the status still tells what to do.

test.beforeEach(({ watch }) => watch.allow(LOAD_FAILED));

type Refusal = {
  readonly name: string;
  readonly answer: (route: Route) => Promise<void>;
  readonly said: RegExp;
};

const json = (status: number, message: string, headers = {}) => ({
  status,
  headers,
  contentType: "application/json",
  body: JSON.stringify({ message }),
});

const REFUSALS: readonly Refusal[] = [
  {
    name: "429 without a time to wait",
    answer: (route) => route.fulfill(json(429, "Too Many Requests")),
    said: /Wait a while, then try again/,
  },
  {
    name: "429 until a date",
    answer: (route) =>
      route.fulfill(
        json(429, "Too Many Requests", {
          Date: "Mon, 23 Nov 2026 08:00:00 GMT",
          "Retry-After": "Mon, 23 Nov 2026 08:01:30 GMT",
        }),
      ),
    said: /Try again in 2 minutes/,
  },
  {
    name: "500",
    answer: (route) => route.fulfill(json(500, "Internal Server Error")),
    said: /wrong on our side/,
  },
  {
    name: "502 as a page",
    answer: (route) => route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad</h1>" }),
    said: /wrong on our side/,
  },
  {
    name: "503 without a word",
    answer: (route) => route.fulfill({ status: 503, headers: { "Retry-After": "4" } }),
    said: /Out of order for a moment[\s\S]*in 4 seconds/,
  },
];

for (const { name, answer, said } of REFUSALS) {
  test(`a gateway's ${name} is not taken for a lost connection, booking`, async ({
    booking,
    page,
    guest,
  }) => {
    await once(page, BOOKINGS, answer);
    await booking.arrive("demo");
    await booking.times.first().click();
    await booking.fill(guest);
    await booking.submit.click();
    await booking.confirm.click();
    await expect(page.getByRole("alert").filter({ hasText: said }).first()).toBeVisible();
    await expect(page.getByText("No connection")).toHaveCount(0);
  });

  for (const [what, where] of [
    ["times", SLOTS],
    ["meeting", MEETING_TYPE],
  ] as const) {
    test(`a gateway's ${name} is not taken for a lost connection, asking for the ${what}`, async ({
      booking,
      page,
    }) => {
      await once(page, where, answer);
      await booking.open("demo");
      await expect(page.getByRole("main")).toContainText(said);
      await expect(page.getByText("No connection")).toHaveCount(0);
      await booking.button("Try again").click();
      await expect(booking.times.first()).toBeVisible();
    });
  }
}
