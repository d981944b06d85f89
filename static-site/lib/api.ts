// The server's answers, read: either what the contract says, or a problem, or no answer that can be used.

import type { components } from "./api-types";
import { httpDate, type Instant, isDate, isInstant, type PlainDate, type Zone } from "./plain-date";
import { anyOf, flag, list, nothing, number, object, optional, type Reader, text, when } from "./shape";
import { isWebAddress } from "./typed";

type Schemas = components["schemas"];
export type MeetingType = Schemas["MeetingType"];
export type Question = Schemas["Question"];
export type QuestionKind = Schemas["QuestionKind"];
export type Location = Schemas["Location"];
export type LocationKind = Schemas["LocationKind"];
export type Mode = Schemas["Mode"];
export type HostName = Schemas["HostName"];
export type Slots = Schemas["Slots"];
export type Booking = Schemas["Booking"];
export type BookingState = Schemas["BookingState"];
export type BookingRequest = Schemas["BookingRequest"];
export type SourceRequest = Schemas["SourceRequest"];
export type CreatedBooking = Schemas["CreatedBooking"];
export type CalendarLinks = Schemas["CalendarLinks"];
export type Problem = Schemas["Problem"];
export type ProblemError = Schemas["ProblemError"];
export type NotOfferedReason = Schemas["NotOfferedReason"];

/** `unreachable`: no answer, an answer too late, or one that is not what the contract says. */
export type Reply<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "problem"; readonly problem: Problem; readonly retryAfterSecs?: number }
  | { readonly kind: "unreachable" };

export type SendInit = {
  readonly method: "GET" | "POST";
  readonly headers: Record<string, string>;
  readonly body?: string;
};
export type Answer = {
  readonly status: number;
  header(name: string): string | null;
  text(): Promise<string>;
};
/** Throws when there is no answer. */
export type Send = (path: string, init: SendInit) => Promise<Answer>;

type SlotsQuery = {
  readonly slug: string;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly zone: Zone;
  readonly duration?: number | undefined;
  readonly host?: string | undefined;
};

export type Api = {
  meetingType(slug: string): Promise<Reply<MeetingType>>;
  slots(query: SlotsQuery): Promise<Reply<Slots>>;
  /** Safe to repeat with the same key: the same booking is answered, and nothing is booked twice. */
  book(request: BookingRequest, key: string): Promise<Reply<CreatedBooking>>;
};

export function makeApi(send: Send): Api {
  const get = <T>(path: () => string, read: Reader<T>) =>
    ask(read, () => send(path(), { method: "GET", headers: { Accept: "application/json" } }));
  return {
    meetingType: (slug) => get(() => meetingTypePath(slug), meetingType),
    slots: (query) => get(() => slotsPath(query), slots),
    book: (request, key) => ask(createdBooking, () => send("/v1/bookings", post(request, key))),
  };
}

function meetingTypePath(slug: string): string {
  return `/v1/meeting-types/${encodeURIComponent(slug)}`;
}

function slotsPath({ slug, from, to, zone, duration, host }: SlotsQuery): string {
  const named = { from, to, time_zone: zone, duration_minutes: duration, host };
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  const query = given.map(([name, value]) => `${name}=${encodeURIComponent(value ?? "")}`).join("&");
  return `${meetingTypePath(slug)}/slots?${query}`;
}

export function post(request: object, key: string): SendInit {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "Idempotency-Key": key };
  return { method: "POST", headers, body: JSON.stringify(request) };
}

export async function ask<T>(read: Reader<T>, send: () => Promise<Answer>): Promise<Reply<T>> {
  try {
    const answer = await send();
    if (answer.status >= 400) return refused(answer, await bodyOf(answer));
    const body: unknown = JSON.parse(await answer.text());
    return answer.status < 300 && read(body) ? { kind: "ok", value: body } : { kind: "unreachable" };
  } catch {
    return { kind: "unreachable" };
  }
}

/** What stands in front of the server refuses in words of its own, or in none. */
async function bodyOf(answer: Answer): Promise<unknown> {
  try {
    return JSON.parse(await answer.text());
  } catch {
    return undefined;
  }
}

function refused(answer: Answer, body: unknown): Reply<never> {
  const secs = retryAfter(answer);
  const again = secs === undefined ? {} : { retryAfterSecs: secs };
  return { kind: "problem", problem: problem(body) ? body : byStatus(answer.status), ...again };
}

/**
 * What a status alone tells. A gateway that gave up waiting answers 503 as well, and then nobody knows what was
 * carried out: so it is never said to be "busy", which claims that nothing was.
 */
const NAMES: Readonly<Record<number, string>> = {
  403: "forbidden",
  404: "not-found",
  413: "too-large",
  429: "too-many-requests",
  503: "unavailable",
  504: "unavailable",
};

function byStatus(status: number): Problem {
  const name = NAMES[status] ?? (status >= 500 ? "failed" : undefined);
  return { type: name ? `/problems/${name}` : "about:blank", title: "", status, detail: "" };
}

/** Seconds, or a date: then it is counted from the server's own clock, which need not be the guest's. */
function retryAfter(answer: Answer): number | undefined {
  const said = answer.header("Retry-After")?.trim() ?? "";
  if (/^\d{1,9}$/.test(said)) return Number(said);
  const [then, sent] = [httpDate(said), httpDate(answer.header("Date") ?? "")];
  return then === undefined || sent === undefined ? undefined : Math.max(0, (then - sent) / 1000);
}

// What the contract says, as far as the page relies on it. What is added later does no harm.

export const instant = when(text, isInstant);
const date = when(text, isDate);
const instants: Reader<readonly Instant[]> = list(instant);
/** An address that may stand behind a link: a script never does. */
const webAddress = when(text, isWebAddress);

export const hostName: Reader<HostName> = object({ id: text, name: text });
export const place = object({ kind: text, detail: optional(text) });

const meetingType = object({
  slug: text,
  title: text,
  description: anyOf(text, nothing),
  durations_minutes: when(list(number), (durations) => durations.length > 0),
  location: place,
  mode: text,
  hosts: list(hostName),
  time_zone: text,
  questions: list(
    object({ id: text, label: text, kind: text, required: flag, choices: optional(list(text)) }),
  ),
  requires_approval: flag,
  min_notice_minutes: number,
  window: anyOf(
    object({ kind: when(text, (kind) => kind === "open") }),
    anyOf(object({ kind: text, days: number }), object({ kind: text, from: date, to: date })),
  ),
}) as Reader<unknown> as Reader<MeetingType>;

export const slots = object({
  time_zone: text,
  duration_minutes: number,
  days: list(object({ date, slots: instants })),
  next_available: anyOf(instant, nothing),
}) as Reader<unknown> as Reader<Slots>;

export const calendarLinks: Reader<CalendarLinks> = object({
  google_url: webAddress,
  outlook_url: webAddress,
  office365_url: webAddress,
  ics_url: webAddress,
});

export const createdBooking = object({
  booking: object({
    id: text,
    state: text,
    meeting_type: object({ slug: text, title: text }),
    start: instant,
    end: instant,
    time_zone: text,
    hosts: list(hostName),
    attendee: object({ name: text, email: text }),
    location: place,
  }),
  manage_url: webAddress,
  calendar: calendarLinks,
}) as Reader<unknown> as Reader<CreatedBooking>;

const problem = object({
  type: text,
  title: text,
  status: number,
  detail: text,
  errors: optional(list(object({ pointer: text, code: text, detail: text }))),
  alternatives: optional(instants),
  reason: optional(text),
}) as Reader<unknown> as Reader<Problem>;
