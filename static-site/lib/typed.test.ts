import { expect, test } from "@playwright/test";
import * as typed from "./typed";

test("a line is what the server would make of it, less what cannot be seen", () => {
  const check = (text: string, line: string) => expect(typed.line(text)).toBe(line);
  check("  Ada Lovelace ", "Ada Lovelace");
  check("Ada\r\nLovelace", "Ada Lovelace");
  check("\u202aAda\u202c", "Ada");
  check("Ada\u0007", "Ada");
  check("\u3000\u0085Ada\u2028", "Ada");
  check("half a pair \ud83d", "half a pair");
  check("李小龍 👩‍🚀", "李小龍 👩‍🚀");
  check("دانا", "دانا");
  check(" \n\t ", "");
});

test("paragraphs keep their lines", () => {
  expect(typed.paragraphs("one\r\ntwo\rthree\u0007\n")).toBe("one\ntwo\nthree");
  expect(typed.paragraphs("\tindented")).toBe("indented");
  expect(typed.paragraphs("a\tb")).toBe("a\tb");
});

test("characters are counted and cut as code points", () => {
  expect(typed.count("äöü")).toBe(3);
  expect(typed.count("👩‍🚀")).toBe(3);
  expect(typed.cut("👩👩👩", 2)).toBe("👩👩");
});

test("an address can be written to where the server says so", () => {
  const fine = [
    "ada@example.org",
    "Ada.L+demo@Example.ORG",
    "a!#$%&'*+-/=?^_`{|}~z@x.y",
    "a@1.2",
    "a@b--c.de",
  ];
  for (const text of [...fine, `${"a".repeat(64)}@example.org`, "a@b.co.uk", "a@xn--exmple-cua.org"])
    expect(typed.isEmailAddress(text), text).toBe(true);
  const refused = [
    "",
    "ada",
    "ada@",
    "@example.org",
    "ada@localhost",
    "ada@[127.0.0.1]",
    '"a b"@example.org',
  ];
  const more = [
    "Ada <ada@example.org>",
    "ada@exämple.org",
    "ada@example..org",
    "ada.@example.org",
    ".a@b.org",
  ];
  const odd = [
    "a..b@example.org",
    "ada@-example.org",
    "ada@example-.org",
    "a@b@c.org",
    "a b@c.org",
    "ä@b.org",
  ];
  for (const text of [
    ...refused,
    ...more,
    ...odd,
    `${"a".repeat(65)}@b.org`,
    `a@${"b".repeat(64)}.org`,
    "a@b_.org",
  ])
    expect(typed.isEmailAddress(text), text).toBe(false);
});

test("what copying adds to an address is taken out", () => {
  expect(typed.emailAddress(" mailto:ada@example.org\u200b\n")).toBe("ada@example.org");
  expect(typed.emailAddress("\ufeffada@example.org\u00a0")).toBe("ada@example.org");
});

test("a number can be dialled where the server says so", () => {
  for (const text of ["+44 20 7946 0123", "12345", "(030) 90/18.20-1", "1".repeat(20)])
    expect(typed.isPhoneNumber(text), text).toBe(true);
  for (const text of ["1234", "1".repeat(21), "call me", "+44 20 7946 0123 ext 5", ""])
    expect(typed.isPhoneNumber(text), text).toBe(false);
  expect(typed.phoneNumber("\u202d+44\u00a020\u20117946\u20130123\u202c")).toBe("+44 20-7946-0123");
  expect(typed.phoneNumber("＋４４ ２０ ７９４６")).toBe("+44 20 7946");
});

test("a bare web address is meant as a secure one", () => {
  const check = (text: string, address: string) => expect(typed.webAddress(text)).toBe(address);
  check("example.org", "https://example.org");
  check("example.org:8080/x?y#z", "https://example.org:8080/x?y#z");
  check("HTTPS://Example.org", "https://Example.org");
  check("http://example.org", "http://example.org");
  check("javascript:alert(1)", "javascript:alert(1)");
  check("my site", "my site");
  for (const text of ["https://example.org", "http://x"]) expect(typed.isWebAddress(text), text).toBe(true);
  const never = ["javascript:alert(1)", "https://", "https://a b", "ftp://x.org", "example"];
  for (const text of never) expect(typed.isWebAddress(text), text).toBe(false);
});
