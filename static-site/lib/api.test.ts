import { expect, test } from "@playwright/test";
import { type BookingRequest, makeApi, type SendInit } from "./api";

const meetingType = {
  slug: "intro",
  title: "Intro",
  description: null,
  durations_minutes: [30, 60],
  slot_interval_minutes: 30,
  location: { kind: "phone" },
  mode: "single",
  hosts: [{ id: "nora", name: "Nora" }],
  time_zone: "Europe/London",
  questions: [{ id: "topic", label: "Topic", kind: "text", required: true }],
  requires_approval: false,
  min_notice_minutes: 0,
  window: { kind: "rolling", days: 60 },
};

const slots = {
  time_zone: "Europe/London",
  duration_minutes: 30,
  days: [{ date: "2026-11-23", slots: ["2026-11-23T09:00:00+00:00"] }],
  next_available: null,
};

const created = {
  booking: {
    id: "8c0e5bd2f6a94f0b9d1e7a3c5b2f4d60",
    revision: 0,
    state: "confirmed",
    meeting_type: { slug: "intro", title: "Intro" },
    start: "2026-11-23T09:00:00+00:00",
    end: "2026-11-23T09:30:00+00:00",
    time_zone: "Europe/London",
    hosts: [{ id: "nora", name: "Nora" }],
    attendee: { name: "Ada", email: "ada@example.org" },
    guests: [],
    answers: {},
    location: { kind: "phone" },
    created_at: "2026-11-22T09:00:00+00:00",
  },
  manage_url: "https://x.org/manage/#1",
  calendar: {
    ics_url: "https://x.org/a",
    google_url: "https://x.org/b",
    outlook_url: "https://x.org/c",
    office365_url: "https://x.org/d",
  },
};

const request: BookingRequest = {
  meeting_type: "intro",
  start: "2026-11-23T09:00:00+00:00",
  time_zone: "Europe/London",
  attendee: { name: "Ada", email: "ada@example.org" },
};

/** An API whose server gives one answer, and what it was asked. */
function answering(status: number, body: unknown, headers: Record<string, string> = {}) {
  const sent: { path: string; init: SendInit }[] = [];
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const api = makeApi(async (path, init) => {
    sent.push({ path, init });
    return { status, header: (name) => headers[name] ?? null, text: async () => text };
  });
  return { api, sent };
}

test("each question has its address", async () => {
  const { api, sent } = answering(200, {});
  await api.meetingType("../a b");
  await api.slots({ slug: "intro", from: "2026-11-23", to: "2026-12-20", zone: "Etc/GMT+5" });
  await api.slots({ slug: "intro", from: "a", to: "b", zone: "UTC", duration: 30, host: "nora" });
  expect(sent.map(({ path }) => path)).toEqual([
    "/v1/meeting-types/..%2Fa%20b",
    "/v1/meeting-types/intro/slots?from=2026-11-23&to=2026-12-20&time_zone=Etc%2FGMT%2B5",
    "/v1/meeting-types/intro/slots?from=a&to=b&time_zone=UTC&duration_minutes=30&host=nora",
  ]);
  expect(sent.every(({ init }) => init.method === "GET" && init.body === undefined)).toBe(true);
});

test("a booking is sent with its key", async () => {
  const { api, sent } = answering(201, created);
  expect(await api.book(request, "key-00000001")).toEqual({ kind: "ok", value: created });
  expect(sent[0]?.path).toBe("/v1/bookings");
  expect(sent[0]?.init.method).toBe("POST");
  expect(sent[0]?.init.headers).toMatchObject({
    "Content-Type": "application/json",
    "Idempotency-Key": "key-00000001",
  });
  expect(JSON.parse(sent[0]?.init.body ?? "")).toEqual(request);
});

test("what the contract says is taken, and what is added later too", async () => {
  const more = {
    ...meetingType,
    colour: "red",
    window: { kind: "fixed", from: "2026-11-23", to: "2026-12-01" },
  };
  expect(await answering(200, more).api.meetingType("intro")).toEqual({ kind: "ok", value: more });
  const open = { ...meetingType, window: { kind: "open" }, description: "About us" };
  expect(await answering(200, open).api.meetingType("intro")).toEqual({ kind: "ok", value: open });
  const query = { slug: "intro", from: "2026-11-23", to: "2026-11-23", zone: "UTC" };
  expect(await answering(200, slots).api.slots(query)).toEqual({ kind: "ok", value: slots });
  const next = { ...slots, days: [], next_available: "2027-11-23T09:00:00+00:00" };
  expect(await answering(200, next).api.slots(query)).toEqual({ kind: "ok", value: next });
});

test("what the contract does not say is no answer", async () => {
  const unreachable = { kind: "unreachable" };
  const type = (body: unknown) => answering(200, body).api.meetingType("intro");
  for (const body of ["", "<html>", "null", "[]", "{}", "true"])
    expect(await type(body), body).toEqual(unreachable);
  for (const name of Object.keys(meetingType).filter((name) => name !== "slot_interval_minutes"))
    expect(await type({ ...meetingType, [name]: { odd: true } }), name).toEqual(unreachable);
  expect(await type({ ...meetingType, durations_minutes: [] })).toEqual(unreachable);
  expect(await type({ ...meetingType, window: { kind: "rolling" } })).toEqual(unreachable);
  const query = { slug: "intro", from: "2026-11-23", to: "2026-11-23", zone: "UTC" };
  const odd = { ...slots, days: [{ date: "2026-11-23", slots: ["nine"] }] };
  expect(await answering(200, odd).api.slots(query)).toEqual(unreachable);
  const { next_available: _, ...less } = slots;
  expect(await answering(200, less).api.slots(query)).toEqual(unreachable);
});

test("a link of a booking that could be a script is no answer", async () => {
  const odd = { ...created, manage_url: "javascript:alert(1)" };
  expect(await answering(201, odd).api.book(request, "key-00000001")).toEqual({ kind: "unreachable" });
  const calendar = { ...created.calendar, ics_url: "data:text/html,x" };
  const worse = { ...created, calendar };
  expect(await answering(201, worse).api.book(request, "key-00000001")).toEqual({ kind: "unreachable" });
});

test("a problem is told with the time after which to come again", async () => {
  const problem = { type: "/problems/busy", title: "Very busy", status: 503, detail: "Again." };
  const refused = (headers: Record<string, string>) =>
    answering(503, problem, headers).api.meetingType("intro");
  expect(await refused({})).toEqual({ kind: "problem", problem });
  expect(await refused({ "Retry-After": "5" })).toEqual({ kind: "problem", problem, retryAfterSecs: 5 });
  expect(await refused({ "Retry-After": "soon" })).toEqual({ kind: "problem", problem });
  const taken = { ...problem, status: 409, alternatives: ["2026-11-23T09:30:00+00:00"] };
  expect(await answering(409, taken).api.book(request, "key-00000001")).toEqual({
    kind: "problem",
    problem: taken,
  });
});

test("what a gateway refuses in its own words is told by its status", async () => {
  const named = async (status: number, body: unknown) => {
    const reply = await answering(status, body).api.meetingType("intro");
    return reply.kind === "problem" ? [reply.problem.type, reply.problem.status] : reply.kind;
  };
  for (const body of ["", "<h1>Bad gateway</h1>", { message: "Too Many Requests" }, '{"type":7}', "null"]) {
    expect(await named(429, body)).toEqual(["/problems/too-many-requests", 429]);
    expect(await named(500, body)).toEqual(["/problems/failed", 500]);
    expect(await named(502, body)).toEqual(["/problems/failed", 502]);
    expect(await named(503, body)).toEqual(["/problems/unavailable", 503]);
    expect(await named(504, body)).toEqual(["/problems/unavailable", 504]);
    expect(await named(403, body)).toEqual(["/problems/forbidden", 403]);
    expect(await named(413, body)).toEqual(["/problems/too-large", 413]);
    expect(await named(418, body)).toEqual(["about:blank", 418]);
    expect(await named(302, body)).toBe("unreachable");
  }
  const problem = { type: "/problems/invalid", title: "", status: 422, detail: "", errors: [{ pointer: 1 }] };
  expect(await named(422, problem)).toEqual(["about:blank", 422]);
});

test("a gateway says when to come again in seconds or by its own clock", async () => {
  const after = async (headers: Record<string, string>) => {
    const reply = await answering(429, "", headers).api.meetingType("intro");
    return reply.kind === "problem" ? reply.retryAfterSecs : reply.kind;
  };
  const sent = "Sun, 22 Nov 2026 08:00:00 GMT";
  expect(await after({ "Retry-After": " 30 " })).toBe(30);
  expect(await after({ "Retry-After": "Sun, 22 Nov 2026 08:01:30 GMT", Date: sent })).toBe(90);
  expect(await after({ "Retry-After": "Sun, 22 Nov 2026 07:00:00 GMT", Date: sent })).toBe(0);
  expect(await after({ "Retry-After": "Sun, 22 Nov 2026 08:01:30 GMT" })).toBeUndefined();
  expect(await after({ "Retry-After": "2026-11-22T08:01:30Z", Date: sent })).toBeUndefined();
  expect(await after({ "Retry-After": "Sun, 99 Nov 2026 08:01:30 GMT", Date: sent })).toBeUndefined();
});

test("an error whose body breaks off is told by its status, too", async () => {
  const text = () => Promise.reject(new Error("broke off"));
  const broken = makeApi(async () => ({ status: 500, header: () => null, text }));
  expect(await broken.meetingType("intro")).toMatchObject({ kind: "problem", problem: { status: 500 } });
});

test("no answer at all, and one that breaks off", async () => {
  const silent = makeApi(() => Promise.reject(new Error("no network")));
  expect(await silent.meetingType("intro")).toEqual({ kind: "unreachable" });
  const text = () => Promise.reject(new Error("broke off"));
  const broken = makeApi(async () => ({ status: 200, header: () => null, text }));
  expect(await broken.meetingType("intro")).toEqual({ kind: "unreachable" });
});
