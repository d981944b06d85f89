import { expect, test } from "@playwright/test";
import { linkIn } from "./link";

const ID = "8c0e5bd2f6a94f0b9d1e7a3c5b2f4d60";
const SECRET = "kZ-9_abcdefghijklmnopq";

test("a link has two parts", () => {
  expect(linkIn(`#${ID}.${SECRET}`)).toEqual({ id: ID, secret: SECRET });
});

test("what a mail program took along is no part of it", () => {
  for (const end of [".", ")", ">", ").", "%20", "=", ","]) {
    const found = linkIn(`#${ID}.${SECRET}${end}`);
    if (end === "%20") expect(found, end).toBe("broken");
    else expect(found, end).toEqual({ id: ID, secret: SECRET });
  }
});

test("nothing behind the sign is no link at all", () => {
  for (const fragment of ["", "#", "#.", "# "]) expect(linkIn(fragment), fragment).toBe("missing");
});

test("what cannot be a link is not sent anywhere", () => {
  const long = "x".repeat(65);
  const odd = [
    ID,
    `${ID}.`,
    `${ID}.a.b`,
    `../x.${SECRET}`,
    `${ID}.a b`,
    `${long}.a`,
    `a.${long}`,
    "a\n.b",
    "<b>.c",
  ];
  for (const fragment of odd) expect(linkIn(`#${fragment}`), fragment).toBe("broken");
});
