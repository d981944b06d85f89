import { expect, test } from "@playwright/test";
import type { Question } from "./api";
import { draftOf, prefill } from "./prefill";

const read = (query: string) => prefill(new URLSearchParams(query));

test("a link may fill in everything", () => {
  const filled = read(
    "name=Ada+Lovelace&email=ada@example.org&phone=%2B44+20+7946&note=a%0Ab&guests=b@x.org&guests=c@x.org" +
      "&date=2026-11-24&time=14:30&duration=45&zone=Asia/Kathmandu&lang=de&host=nora&a.topic=engines" +
      "&utm_source=mail&utm_medium=letter",
  );
  expect(filled).toEqual({
    name: "Ada Lovelace",
    email: "ada@example.org",
    phone: "+44 20 7946",
    note: "a\nb",
    guests: "b@x.org, c@x.org",
    date: "2026-11-24",
    time: "14:30",
    duration: 45,
    zone: "Asia/Kathmandu",
    lang: "de",
    host: "nora",
    answers: new Map([["topic", "engines"]]),
    utm: { utm_source: "mail", utm_medium: "letter" },
  });
});

test("what makes no sense is as if it were not there", () => {
  const nothing = read("");
  const check = (query: string) => expect(read(query), query).toEqual(nothing);
  check("colour=red&__proto__=x");
  check("date=2026-02-30");
  check("date=tomorrow");
  check("time=25:00");
  check("time=9:00");
  check("duration=0");
  check("duration=-30");
  check("duration=3e1");
  check("duration=99999");
  check("host=%3Cscript%3E");
  check("host=UPPER");
  check("zone=");
  check("a.=x");
  check("utm_=x");
});

test("the other names of the zone, and the first of what stands twice", () => {
  expect(read("tz=Europe/London").zone).toBe("Europe/London");
  expect(read("time_zone=Europe/London").zone).toBe("Europe/London");
  expect(read("name=Ada&name=Bob&a.x=1&a.x=2&utm_source=a&utm_source=b")).toMatchObject({
    name: "Ada",
    answers: new Map([["x", "1"]]),
    utm: { utm_source: "a" },
  });
});

test("hostile text is just text, and no longer than its field", () => {
  expect(read("name=%3Cimg src=x onerror=alert(1)%3E").name).toBe("<img src=x onerror=alert(1)>");
  expect(read(`name=${"x".repeat(5000)}`).name).toHaveLength(100);
  expect(read(`note=${"x".repeat(5000)}`).note).toHaveLength(2000);
  expect(read(`zone=${"x".repeat(5000)}`).zone).toHaveLength(64);
  expect(read("name=Ada%0d%0aBcc:%20all@example.org").name).toBe("Ada Bcc: all@example.org");
  expect(read(`name=${encodeURIComponent("🙂".repeat(101))}`).name).toBe("🙂".repeat(100));
  expect(Object.getPrototypeOf(read("utm___proto__=x&a.__proto__=x").utm)).toBe(Object.prototype);
});

test("answers are kept where there is such a question, of that kind", () => {
  const question = (id: string, kind: Question["kind"], required: boolean): Question => ({
    id,
    label: id,
    kind,
    required,
    ...(kind === "choice" ? { choices: ["Red", "Blue"] } : {}),
  });
  const questions = [
    question("topic", "text", true),
    question("colour", "choice", true),
    question("shade", "choice", true),
    question("news", "checkbox", false),
    question("terms", "checkbox", true),
    question("story", "long_text", false),
    question("missing", "text", false),
  ];
  const query =
    "name=Ada&a.topic=engines&a.colour=blue&a.shade=pink&a.news=yes&a.terms=yes&a.story=a%0Ab&a.other=x";
  const draft = draftOf(read(query), { questions });
  expect(draft).toMatchObject({ name: "Ada", email: "" });
  // Nobody else's link gives a consent.
  expect(draft.answers).toEqual({
    topic: "engines",
    colour: "Blue",
    news: true,
    terms: false,
    story: "a\nb",
  });
});
