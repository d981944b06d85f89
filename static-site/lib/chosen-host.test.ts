import { expect, test } from "@playwright/test";
import type { MeetingType } from "./api";
import { withHost } from "./chosen-host";

const [nora, emil] = [
  { id: "nora", name: "Nora" },
  { id: "emil", name: "Emil" },
];
// Only who takes it matters here.
const demo = { mode: "round_robin", hosts: [nora, emil], title: "Demo" } as unknown as MeetingType;

test("one of several who is asked for is the only one that is named", () => {
  expect(withHost(demo, "emil")).toMatchObject({ hosts: [emil], chosenHost: true, title: "Demo" });
});

test("nobody, and somebody who does not take it, change nothing", () => {
  expect(withHost(demo, undefined)).toBe(demo);
  expect(withHost(demo, "yuki")).toBe(demo);
});

test("those who come together all come", () => {
  const panel = { ...demo, mode: "collective" as const };
  expect(withHost(panel, "emil")).toBe(panel);
});
