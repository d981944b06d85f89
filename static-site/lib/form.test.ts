import { expect, test } from "@playwright/test";
import type { MeetingType, Question } from "./api";
import * as form from "./form";
import { en } from "./texts/en";

const question = (id: string, kind: Question["kind"], required: boolean, choices?: string[]): Question => ({
  id,
  label: `About ${id}`,
  kind,
  required,
  ...(choices ? { choices } : {}),
});

const meetingType: MeetingType = {
  slug: "intro",
  title: "Intro",
  description: null,
  durations_minutes: [30],
  slot_interval_minutes: 30,
  location: { kind: "phone" },
  mode: "single",
  hosts: [{ id: "nora", name: "Nora" }],
  time_zone: "Europe/London",
  questions: [],
  requires_approval: false,
  min_notice_minutes: 0,
  window: { kind: "open" },
};

const emptyDraft: form.Draft = { name: "", email: "", phone: "", guests: "", note: "", answers: {} };
const draft: form.Draft = { ...emptyDraft, name: "Ada", email: "ada@example.org" };

function asking(...questions: Question[]): MeetingType {
  return { ...meetingType, questions };
}

/** The fields that are not accepted, with what is said of them. */
function errors(changes: Partial<form.Draft>, asked = meetingType): string[] {
  return form.check({ ...draft, ...changes }, asked, en).map(({ field, message }) => `${field}: ${message}`);
}

test("a name and an address are enough", () => {
  expect(errors({})).toEqual([]);
});

test("everything is said at once, in the order of the page", () => {
  const asked = asking(question("topic", "text", true), question("terms", "checkbox", true));
  const found = form.check(
    { ...emptyDraft, phone: "call me", guests: "bob", note: "x".repeat(2001) },
    asked,
    en,
  );
  const fields = ["name", "email", "phone", "answer-topic", "answer-terms", "guests", "note"];
  expect(found.map(({ field }) => field)).toEqual(fields);
});

test("names are anything that people are called", () => {
  for (const name of [
    "李小龍",
    "👩‍🚀",
    "דנה",
    "Ada\u202e",
    "O’Neil, Dr. <h1>",
    "x".repeat(100),
    "🙂".repeat(100),
  ])
    expect(errors({ name }), name).toEqual([]);
  expect(errors({ name: " \u200e\u202e \n".replace("\u200e", "") })).toEqual(["name: Write your name."]);
  const long = "name: There is room for 100 characters; this has 200. Shorten it.";
  expect(errors({ name: "x".repeat(200) })).toEqual([long]);
  expect(errors({ name: "🙂".repeat(101) })[0]).toContain("this has 101");
});

test("addresses, numbers and notes have their limits", () => {
  expect(errors({ email: "ada" })).toEqual(["email: Write a whole email address, such as ada@example.org."]);
  expect(errors({ email: `${"a".repeat(250)}@x.org` })[0]).toContain("room for 254 characters");
  expect(errors({ phone: "+44 20 7946 0123" })).toEqual([]);
  expect(errors({ phone: "1".repeat(20) + " ".repeat(20) })).toEqual([]);
  expect(errors({ phone: `1${"-".repeat(40)}2345` })[0]).toContain("room for 40 characters");
  expect(errors({ note: "x".repeat(2000) })).toEqual([]);
});

test("guests come in one field, each once", () => {
  const mails = (text: string) => form.guestsIn(text);
  expect(mails("")).toEqual([]);
  expect(mails("bob@x.org, cleo@x.org;dan@x.org\neve@x.org  fay@x.org")).toHaveLength(5);
  expect(mails("bob@x.org, BOB@x.org,")).toEqual([{ email: "bob@x.org" }]);
  expect(mails('"Bob B." <bob@x.org>, cleo@x.org')).toEqual([
    { email: "bob@x.org", name: "Bob B." },
    { email: "cleo@x.org" },
  ]);
  expect(mails(`${"N".repeat(200)} <bob@x.org>`)[0]?.name).toHaveLength(100);
  expect(errors({ guests: "bob@x.org, cleo@" })[0]).toContain("“cleo@”");
  const many = (count: number) => Array.from({ length: count }, (_, place) => `g${place}@x.org`).join(", ");
  expect(errors({ guests: many(10) })).toEqual([]);
  expect(errors({ guests: many(11) })).toEqual(["guests: There is room for 10 guests; you have named 11."]);
});

test("answers fit their questions", () => {
  const check = (asked: Question, said: string | boolean | undefined, message: string | undefined) => {
    const answers = said === undefined ? {} : { [asked.id]: said };
    const expected = message === undefined ? [] : [`answer-${asked.id}: ${message}`];
    expect(errors({ answers }, asking(asked)), `${asked.kind} ${said}`).toEqual(expected);
  };
  const { answerMissing } = en;
  check(question("q", "text", true), undefined, answerMissing.text);
  check(question("q", "text", true), "  ", answerMissing.text);
  check(question("q", "text", false), undefined, undefined);
  check(question("q", "text", true), "x".repeat(200), undefined);
  check(question("q", "text", true), "x".repeat(201), en.tooLong(200, 201));
  check(question("q", "long_text", true), "x".repeat(2000), undefined);
  check(question("q", "long_text", true), "x".repeat(2001), en.tooLong(2000, 2001));
  check(question("q", "choice", true, ["red"]), undefined, answerMissing.choice);
  check(question("q", "choice", true, ["red"]), "red", undefined);
  check(question("q", "choice", false, ["red"]), "blue", en.answerChoice);
  check(question("q", "checkbox", true), undefined, answerMissing.checkbox);
  check(question("q", "checkbox", true), false, answerMissing.checkbox);
  check(question("q", "checkbox", true), true, undefined);
  check(question("q", "checkbox", false), false, undefined);
  check(question("q", "phone", false), "call me", en.phoneShape);
  check(question("q", "phone", false), "+44 20 7946", undefined);
  check(question("q", "url", false), "javascript:alert(1)", en.answerUrl);
  check(question("q", "url", false), "example.org", undefined);
  // A question may be called what every object has.
  check(question("constructor", "text", true), undefined, answerMissing.text);
});

const wish = {
  meetingType,
  start: "2026-11-23T09:00:00+00:00",
  duration: 30,
  zone: "Europe/London",
  locale: "en-GB",
  draft,
};

test("a request leaves out what is empty", () => {
  expect(form.toRequest({ ...wish, source: { page: "", referrer: null, utm: {} } })).toEqual({
    meeting_type: "intro",
    start: "2026-11-23T09:00:00+00:00",
    duration_minutes: 30,
    time_zone: "Europe/London",
    locale: "en-GB",
    attendee: { name: "Ada", email: "ada@example.org" },
  });
});

test("a request says all that was typed, tidied", () => {
  const asked = asking(
    question("topic", "text", false),
    question("site", "url", false),
    question("terms", "checkbox", true),
    question("news", "checkbox", false),
    question("empty", "long_text", false),
  );
  const full = {
    name: " Ada ",
    email: "ada@example.org ",
    phone: "+44 20",
    guests: "Bob <bob@x.org>",
    note: "one\r\ntwo ",
    answers: { topic: " engines ", site: "x.org", terms: true, empty: " ", unasked: "?" },
  };
  const source = {
    page: "https://x.org/book",
    referrer: "a\u202eb",
    utm: { utm_source: "m".repeat(300), empty: "" },
  };
  expect(form.toRequest({ ...wish, meetingType: asked, draft: full, source, host: "nora" })).toMatchObject({
    attendee: { name: "Ada", email: "ada@example.org", phone: "+44 20" },
    guests: [{ email: "bob@x.org", name: "Bob" }],
    answers: { topic: "engines", site: "https://x.org", terms: true, news: false },
    note: "one\ntwo",
    source: { page: "https://x.org/book", referrer: "ab", utm: { utm_source: "m".repeat(200) } },
    host: "nora",
  });
  const answers = form.toRequest({ ...wish, meetingType: asked, draft: full }).answers;
  expect(Object.keys(answers ?? {})).toEqual(["topic", "site", "terms", "news"]);
});

test("marks of a campaign never stop a booking", () => {
  const utm = Object.fromEntries(Array.from({ length: 30 }, (_, place) => [`utm_${place}`, "x"]));
  const request = form.toRequest({ ...wish, source: { utm, page: "x".repeat(9000) } });
  expect(Object.keys(request.source?.utm ?? {})).toHaveLength(10);
  expect(request.source?.page).toHaveLength(2000);
});

test("a pointer leads to the field where it was typed", () => {
  const check = (pointer: string, field: string | undefined) => expect(form.fieldOf(pointer)).toBe(field);
  check("/attendee/name", "name");
  check("/attendee/email", "email");
  check("/attendee/phone", "phone");
  check("/answers/team_size", "answer-team_size");
  check("/answers/a~1b~0c", "answer-a/b~c");
  check("/answers/a~01", "answer-a~1");
  check("/guests", "guests");
  check("/guests/1/email", "guests");
  check("/note", "note");
  for (const pointer of ["/start", "/attendee", "/answers", "Idempotency-Key", "", "/source/page", "/name"])
    check(pointer, undefined);
});

test("what the server refuses is said at its field, in our words where we have some", () => {
  const asked = asking(question("size", "choice", true, ["1"]), question("site", "url", false));
  const error = (pointer: string, code: string, detail = "must be otherwise") => ({ pointer, code, detail });
  const problem = (...list: ReturnType<typeof error>[]) => ({
    type: "/problems/invalid",
    title: "Something does not fit",
    status: 422,
    detail: "Mend it.",
    errors: list,
  });
  const sorted = form.sortErrors(
    problem(
      error("/attendee/name", "too_long"),
      error("/attendee/email", "format"),
      error("/answers/size", "required"),
      error("/answers/site", "format"),
      error("/answers/gone", "unknown", "is not a question of this meeting type"),
      error("/guests", "too_many"),
      error("/guests/0/email", "format"),
      error("/guests/3/email", "format"),
      error("/note", "control_characters"),
      error("/attendee/phone", "brand_new"),
      error("/start", "impossible", "must be a date and a time that exist"),
    ),
    asked,
    en,
  );
  expect(sorted.fields).toEqual([
    { field: "name", message: en.tooLongSomewhere },
    { field: "email", message: en.emailShape },
    { field: "answer-size", message: en.answerMissing.choice },
    { field: "answer-site", message: en.answerUrl },
    { field: "guests", message: `There is room for 10 guests. ${en.emailShape}` },
    { field: "note", message: en.hiddenCharacters },
    { field: "phone", message: "Your phone number must be otherwise." },
  ]);
  expect(sorted.general).toEqual([en.unseen.answers, en.unseen.start]);
  expect(form.sortErrors({ ...problem(), errors: [] }, asked, en)).toEqual({ fields: [], general: [] });
});

test("what nobody types is never told as a pointer, and each sentence once", () => {
  const general = (...pointers: string[]) => {
    const errors = pointers.map((pointer) => ({ pointer, code: "unknown", detail: "is odd" }));
    const problem = { type: "/problems/invalid", title: "", status: 422, detail: "", errors };
    return form.sortErrors(problem, meetingType, en).general;
  };
  expect(general("/host", "/duration_minutes", "/time_zone", "/start", "/answers")).toEqual([
    en.unseen.host,
    en.unseen.duration_minutes,
    en.unseen.time_zone,
    en.unseen.start,
    en.unseen.answers,
  ]);
  expect(general("/source/page", "/source/utm/x", "/locale", "Idempotency-Key", "", "/toString")).toEqual([
    en.unseen.other,
  ]);
});

test("a kind of question that a later server asks is a line of text", () => {
  const later = question("later", "signature" as Question["kind"], true);
  expect(errors({}, asking(later))).toEqual([`answer-later: ${en.answerMissing.text}`]);
  expect(errors({ answers: { later: " " } }, asking(later))).toHaveLength(1);
  expect(errors({ answers: { later: "Ada" } }, asking(later))).toEqual([]);
  const said = (code: string) => {
    const refused = [{ pointer: "/answers/later", code, detail: "must be signed" }];
    const problem = { type: "/problems/invalid", title: "", status: 422, detail: "", errors: refused };
    return form.sortErrors(problem, asking(later), en).fields[0]?.message;
  };
  expect(said("required")).toBe(en.answerMissing.text);
  expect(said("format")).toBe("About later must be signed.");
});
