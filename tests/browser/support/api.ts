import type { APIRequestContext, APIResponse } from "@playwright/test";
import type { components } from "../../../static-site/lib/api-types";

type Schemas = components["schemas"];
export type Booking = Schemas["Booking"];
export type Created = Schemas["CreatedBooking"];
export type MeetingType = Schemas["MeetingType"];
export type Slots = Schemas["Slots"];

/** A letter as the inbox for scripts tells it. */
export type Letter = {
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly { readonly name: string; readonly base64: string }[];
};

type Span = { readonly from: string; readonly to: string; readonly zone: string; readonly minutes?: number };

/** The same program without the page: what the tests compare with, and the second guest who is quicker. */
export class Api {
  constructor(private readonly http: APIRequestContext) {}

  async slots(slug: string, { from, to, zone, minutes }: Span): Promise<Slots> {
    const query = new URLSearchParams({ from, to, time_zone: zone });
    if (minutes !== undefined) query.set("duration_minutes", String(minutes));
    return read(await this.http.get(`/v1/meeting-types/${slug}/slots?${query}`));
  }

  async meetingType(slug: string): Promise<MeetingType> {
    return read(await this.http.get(`/v1/meeting-types/${slug}`));
  }

  async book(slug: string, start: string, name: string, email: string): Promise<APIResponse> {
    const data = { meeting_type: slug, start, time_zone: "Europe/London", attendee: { name, email } };
    return this.http.post("/v1/bookings", { data, headers: { "Idempotency-Key": `quicker-${email}` } });
  }

  async now(): Promise<string> {
    const { now } = await read<{ now: string }>(await this.http.get("/_local/clock"));
    return now;
  }

  async letters(): Promise<readonly Letter[]> {
    return read(await this.http.get("/_local/inbox.json"));
  }

  async lettersTo(email: string): Promise<readonly Letter[]> {
    return (await this.letters()).filter((letter) => letter.to.includes(email));
  }
}

async function read<T>(response: APIResponse): Promise<T> {
  if (!response.ok()) throw new Error(`${response.url()}: ${response.status()} ${await response.text()}`);
  return response.json();
}
