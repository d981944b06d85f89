import { expect, test } from "@playwright/test";
import { waitOf } from "./wait";

test("a wait is said in the unit that people would use, and never too short", () => {
  const check = (secs: number, count: number, unit: string) => expect(waitOf(secs)).toEqual({ count, unit });
  check(0, 1, "second");
  check(59, 59, "second");
  check(60, 1, "minute");
  check(61, 2, "minute");
  check(3599, 60, "minute");
  check(3600, 1, "hour");
  check(3601, 2, "hour");
});
