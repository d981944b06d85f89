import { expect, test } from "@playwright/test";
import { keyFor } from "./intent";

test("the same request keeps its key and a changed one gets another", () => {
  let made = 0;
  const fresh = () => `key-${++made}`;
  const first = keyFor({ start: "9:00", attendee: { name: "Ada" } }, undefined, fresh);
  expect(first.key).toBe("key-1");
  expect(keyFor({ start: "9:00", attendee: { name: "Ada" } }, first, fresh)).toBe(first);
  expect(keyFor({ start: "9:00", attendee: { name: "Bob" } }, first, fresh).key).toBe("key-2");
  expect(keyFor({ start: "9:00", attendee: { name: "Ada" } }, undefined, fresh).key).toBe("key-3");
});
