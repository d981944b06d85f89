import { expect, test } from "@playwright/test";
import type { SendInit } from "./api";
import { makeManageApi } from "./manage-api";

const link = { id: "8c0e5bd2f6a94f0b9d1e7a3c5b2f4d60", secret: "kZ-9_abcdefghijklmnopq" };

const managed = {
  booking: {
    id: link.id,
    revision: 0,
    state: "confirmed",
    meeting_type: { slug: "intro", title: "Introduction" },
    start: "2026-11-23T14:30:00+00:00",
    end: "2026-11-23T15:00:00+00:00",
    time_zone: "Europe/London",
    hosts: [{ id: "nora", name: "Nora" }],
    attendee: { name: "Ada", email: "ada@example.org" },
    guests: [{ email: "grace@example.org" }],
    answers: { company: "Engines", "step-free": true },
    location: { kind: "google_meet" },
    created_at: "2026-11-20T09:00:00+00:00",
  },
  may: { cancel: true, reschedule: true, until: "2026-11-23T14:30:00+00:00" },
};

const calendar = {
  google_url: "https://example.org/g",
  outlook_url: "https://example.org/o",
  office365_url: "https://example.org/m",
  ics_url: "https://example.org/i",
};

function answering(body: unknown, status = 200) {
  const sent: { path: string; init: SendInit }[] = [];
  const api = makeManageApi(async (path, init) => {
    sent.push({ path, init });
    return { status, header: () => null, text: async () => JSON.stringify(body) };
  }, link);
  return { api, sent };
}

test("the secret stands in a header of every request, and in no address and no body", async () => {
  const { api, sent } = answering(managed);
  await api.read();
  await api.moves({ from: "2026-11-23", to: "2026-12-20", zone: "Etc/GMT+5" });
  await api.moves({ from: "2026-11-23", to: "2026-12-20", zone: "UTC", duration: 30 });
  const start = "2026-11-24T09:00:00+00:00";
  await api.move({ start, duration_minutes: 30, time_zone: "Europe/London" }, "key-00000001");
  await api.cancel({ reason: "Ill." }, "key-00000002");
  const path = `/v1/bookings/${link.id}`;
  expect(sent.map(({ path }) => path)).toEqual([
    path,
    `${path}/slots?from=2026-11-23&to=2026-12-20&time_zone=Etc%2FGMT%2B5`,
    `${path}/slots?from=2026-11-23&to=2026-12-20&time_zone=UTC&duration_minutes=30`,
    `${path}/reschedule`,
    `${path}/cancel`,
  ]);
  for (const { path, init } of sent) {
    expect(init.headers).toMatchObject({ Authorization: `Manage ${link.id}.${link.secret}` });
    expect(path + (init.body ?? "")).not.toContain(link.secret);
  }
  expect(sent.map(({ init }) => init.method)).toEqual(["GET", "GET", "GET", "POST", "POST"]);
  expect(sent.map(({ init }) => init.headers["Idempotency-Key"]).slice(3)).toEqual([
    "key-00000001",
    "key-00000002",
  ]);
});

test("what the contract says is taken, with and without the ways into a calendar", async () => {
  for (const body of [managed, { ...managed, calendar }, { ...managed, later: 1 }])
    expect(await answering(body).api.read()).toEqual({ kind: "ok", value: body });
  const over = { ...managed, may: { cancel: false, reschedule: false, until: null } };
  expect(await answering(over).api.cancel({}, "key-00000001")).toEqual({ kind: "ok", value: over });
});

test("what the contract does not say is no answer", async () => {
  const odd = [
    {},
    { ...managed, may: {} },
    { ...managed, booking: { ...managed.booking, start: "soon" } },
    { ...managed, booking: { ...managed.booking, answers: { a: 1 } } },
    { ...managed, calendar: { ...calendar, ics_url: "javascript:alert(1)" } },
  ];
  for (const body of odd) expect(await answering(body).api.read()).toEqual({ kind: "unreachable" });
});
