import { expect, test } from "@playwright/test";
import { currentName, currentZone } from "./current-zone";

const NAMES: readonly (readonly [string, string])[] = [
  ["Asia/Katmandu", "Asia/Kathmandu"],
  ["Asia/Saigon", "Asia/Ho_Chi_Minh"],
  ["Atlantic/Faeroe", "Atlantic/Faroe"],
  ["America/Buenos_Aires", "America/Argentina/Buenos_Aires"],
  ["America/Indianapolis", "America/Indiana/Indianapolis"],
  ["Europe/London", "Europe/London"],
  ["UTC", "UTC"],
];

for (const [old, current] of NAMES) {
  test(`${old} goes by ${current}`, () => {
    expect(currentName(old)).toBe(current);
    expect(currentZone(old)).toBe(current);
  });
}

test("a zone that the browser does not know keeps its name", () => {
  expect(currentZone("Mars/Kiev")).toBe("Mars/Kiev");
});
