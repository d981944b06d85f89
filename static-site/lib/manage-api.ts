// What the holder of a manage link may ask of the server.

import {
  ask,
  type CalendarLinks,
  calendarLinks,
  hostName,
  instant,
  place,
  post,
  type Reply,
  type Send,
  type Slots,
  slots,
} from "./api";
import type { components } from "./api-types";
import type { Link } from "./link";
import type { PlainDate, Zone } from "./plain-date";
import { anyOf, flag, list, nothing, number, object, optional, type Reader, record, text } from "./shape";

type Schemas = components["schemas"];
/** What no longer takes place needs no way into a calendar. */
export type Managed = Omit<Schemas["Managed"], "calendar"> & { readonly calendar?: CalendarLinks };
export type Moved = Schemas["RescheduleRequest"];
export type CancelRequest = Schemas["CancelRequest"];

export type MovesQuery = {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly zone: Zone;
  readonly duration?: number | undefined;
};

/** Both changes are safe to repeat with the same key: nothing happens twice. */
export type ManageApi = {
  read(): Promise<Reply<Managed>>;
  /** To where it can be moved; its own time is among them. */
  moves(query: MovesQuery): Promise<Reply<Slots>>;
  move(request: Moved, key: string): Promise<Reply<Managed>>;
  cancel(request: CancelRequest, key: string): Promise<Reply<Managed>>;
};

/** The secret stands in a header of each request, and never in an address: addresses are kept in logs. */
export function makeManageApi(send: Send, { id, secret }: Link): ManageApi {
  const path = `/v1/bookings/${encodeURIComponent(id)}`;
  const right = { Accept: "application/json", Authorization: `Manage ${id}.${secret}` };
  const get = <T>(read: Reader<T>, rest: string) =>
    ask(read, () => send(path + rest, { method: "GET", headers: right }));
  const change = (verb: string, body: object, key: string) => {
    const init = post(body, key);
    return ask(managed, () => send(`${path}/${verb}`, { ...init, headers: { ...init.headers, ...right } }));
  };
  return {
    read: () => get(managed, ""),
    moves: (query) => get(slots, `/slots?${asked(query)}`),
    move: (request, key) => change("reschedule", request, key),
    cancel: (request, key) => change("cancel", request, key),
  };
}

function asked({ from, to, zone, duration }: MovesQuery): string {
  const length = duration === undefined ? "" : `&duration_minutes=${duration}`;
  return `from=${from}&to=${to}&time_zone=${encodeURIComponent(zone)}${length}`;
}

// What the contract says, as far as the page relies on it.

const managed = object({
  booking: object({
    id: text,
    revision: number,
    state: text,
    meeting_type: object({ slug: text, title: text }),
    start: instant,
    end: instant,
    time_zone: text,
    hosts: list(hostName),
    attendee: object({ name: text, email: text, phone: optional(text) }),
    guests: list(object({ email: text, name: optional(text) })),
    answers: record(anyOf(text, flag)),
    note: optional(text),
    location: place,
    cancelled: optional(object({ by: text, at: instant, reason: optional(text) })),
  }),
  may: object({ cancel: flag, reschedule: flag, until: anyOf(instant, nothing) }),
  calendar: optional(calendarLinks),
}) as Reader<unknown> as Reader<Managed>;
