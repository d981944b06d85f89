// The only file that touches Date and Intl.DateTimeFormat.
//
// Dates are plain texts, and an instant carries the offset of the zone it was asked for. What a guest reads is taken
// from that text and never computed again: the server knows the rules of the zone, a browser may be old.

import { cityOf } from "./cities";

/** A date: "2026-11-23". */
export type PlainDate = string;
/** RFC 3339 with the offset of the zone it was asked for: "2026-11-23T09:00:00+00:00". */
export type Instant = string;
/** An IANA name. */
export type Zone = string;
export type HourCycle = "h12" | "h23";
type WallTime = { readonly hour: number; readonly minute: number };
type ZoneLabel = { readonly city: string; readonly short: string; readonly long: string };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const STAMP = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** The one clock read, in milliseconds since 1970. */
export function now(): number {
  return Date.now();
}

/** The zone the browser stands in, if it says. */
export function browserZone(): Zone | undefined {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || undefined;
}

/** Today in a zone; in one the browser does not know, today in UTC. */
export function today(zone: Zone, nowMs: number): PlainDate {
  return dateOf(inZone(nowMs, zone) ?? stamp(nowMs, 0));
}

// Dates

export function addDays(date: PlainDate, days: number): PlainDate {
  return plain(midnight(date) + days * DAY_MS);
}

/** The same day some months on, or the last of that month where it has no such day. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const [year, month, day] = numbers(date);
  const first = plain(Date.UTC(year, month - 1 + months, 1));
  return addDays(first, Math.min(day, numbers(lastOfMonth(first))[2]) - 1);
}

export function firstOfMonth(date: PlainDate): PlainDate {
  return `${date.slice(0, 8)}01`;
}

export function lastOfMonth(date: PlainDate): PlainDate {
  const [year, month] = numbers(date);
  return plain(Date.UTC(year, month, 0));
}

/** Below, equal to or above zero, as `Array.sort` wants it. */
export function compare(one: PlainDate, other: PlainDate): number {
  return one < other ? -1 : Number(one > other);
}

/** Whether a text is a date that exists. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(midnight(text)) && plain(midnight(text)) === text;
}

// Instants

/** Whether a text is an instant with its offset. */
export function isInstant(text: string): boolean {
  return STAMP.test(text) && !Number.isNaN(Date.parse(text));
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** A date as servers write it (RFC 9110), in milliseconds since 1970. */
export function httpDate(text: string): number | undefined {
  const ms = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

export function dateOf(instant: Instant): PlainDate {
  return instant.slice(0, 10);
}

export function wallTime(instant: Instant): WallTime {
  return { hour: Number(instant.slice(11, 13)), minute: Number(instant.slice(14, 16)) };
}

export function epoch(instant: Instant): number {
  return Date.parse(instant);
}

export function minutesBetween(from: Instant, to: Instant): number {
  return Math.round((epoch(to) - epoch(from)) / MINUTE_MS);
}

/** The instant a number of whole days after another, both in milliseconds since 1970. */
export function daysAfter(atMs: number, days: number): number {
  return atMs + days * DAY_MS;
}

/** Minutes that the text itself adds to UTC. */
export function offsetOf(instant: Instant): number {
  const sign = STAMP.exec(instant)?.[4] ?? "Z";
  if (sign === "Z") return 0;
  const mins = Number(sign.slice(1, 3)) * 60 + Number(sign.slice(4));
  return sign.startsWith("-") ? -mins : mins;
}

/** The first instant after a meeting. With the zone it is right behind a change of the clocks too. */
export function endOf(instant: Instant, minutes: number, zone?: Zone): Instant {
  const end = epoch(instant) + minutes * MINUTE_MS;
  return (zone && zoneAgrees(instant, zone) ? inZone(end, zone) : undefined) ?? stamp(end, offsetOf(instant));
}

/** An instant with the offset of another zone; `undefined` where the browser does not know that zone. */
export function inZone(at: Instant | number, zone: Zone): Instant | undefined {
  const ms = typeof at === "number" ? at : epoch(at);
  const offset = zoneOffset(zone, ms);
  return offset === undefined ? undefined : stamp(ms, offset);
}

/** Whether two instants are the same reading of a clock, whatever their offsets. */
export function readsLike(one: Instant, other: Instant): boolean {
  return one.slice(0, 16) === other.slice(0, 16);
}

/** A browser with old rules must not mix its own offset with the server's. */
function zoneAgrees(instant: Instant, zone: Zone): boolean {
  return zoneOffset(zone, epoch(instant)) === offsetOf(instant);
}

// Zones

/** Minutes that a zone adds to UTC at an instant; `undefined` where the browser does not know the zone. */
export function zoneOffset(zone: Zone, atMs: number): number | undefined {
  const name = zoneName(zone, "en", "longOffset", atMs);
  if (name === undefined) return undefined;
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  if (!sign) return 0;
  const mins = Number(hours) * 60 + Number(minutes);
  return sign === "-" ? -mins : mins;
}

/** "UTC", "UTC+1", "UTC+5:45", "UTC-3:30". */
export function offsetText(minutes: number): string {
  if (minutes === 0) return "UTC";
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? "-" : "+"}${hours}${rest ? `:${twoDigits(rest)}` : ""}`;
}

/** What people call a zone. Where the browser has no name, its offset stands for it. */
export function zoneLabel(zone: Zone, locale: string, atMs: number): ZoneLabel {
  const offset = zoneOffset(zone, atMs);
  const city = cityOf(zone, locale) ?? offsetText(offset ?? 0);
  const short = zoneName(zone, locale, "short", atMs);
  const long = zoneName(zone, locale, "long", atMs);
  const instead = offset === undefined ? city : offsetText(offset);
  return { city, short: short || instead, long: long || instead };
}

/** A zone's name as Intl tells it; `undefined` for a zone it does not know. */
export function zoneName(zone: Zone, locale: string, style: ZoneNameStyle, atMs: number): string | undefined {
  const parts = formatterIn(zone, locale, style)?.formatToParts(atMs);
  return parts?.find((part) => part.type === "timeZoneName")?.value;
}

type ZoneNameStyle = "short" | "long" | "longOffset" | "longGeneric";

// Words for dates and times

/** "14:30", "2:30 PM". */
export function formatTime(instant: Instant, locale: string, hourCycle: HourCycle): string {
  const hour = hourCycle === "h23" ? "2-digit" : "numeric";
  return reading(locale, { hour, minute: "2-digit", hourCycle }).format(wallMs(instant));
}

/**
 * The times of a list, told apart: where the clocks go back a reading stands twice, and each then carries the name
 * of its half of the night.
 */
export function formatTimes(
  instants: readonly Instant[],
  locale: string,
  hourCycle: HourCycle,
  zone?: Zone,
): string[] {
  const twice = (instant: Instant) => instants.filter((other) => readsLike(instant, other)).length > 1;
  const named = (instant: Instant) => formatTimeAndZone(instant, locale, hourCycle, zone);
  return instants.map((instant) =>
    twice(instant) ? named(instant) : formatTime(instant, locale, hourCycle),
  );
}

/** "01:30 BST". */
function formatTimeAndZone(instant: Instant, locale: string, hourCycle: HourCycle, zone?: Zone): string {
  const known = zone !== undefined && zoneAgrees(instant, zone);
  const name = known ? zoneName(zone, locale, "short", epoch(instant)) : undefined;
  return `${formatTime(instant, locale, hourCycle)} ${name ?? offsetText(offsetOf(instant))}`;
}

/** "14:30 to 15:00"; past midnight "23:30 to Wednesday 4 March, 00:30". */
export function formatTimeRange(
  start: Instant,
  minutes: number,
  locale: string,
  hourCycle: HourCycle,
  zone?: Zone,
): string {
  const end = endOf(start, minutes, zone);
  const isSameDay = dateOf(end) === dateOf(start);
  const format = offsetOf(start) === offsetOf(end) ? formatTime : formatTimeAndZone;
  const [from, to] = [start, end].map((at) => oClock(format(at, locale, hourCycle, zone), locale));
  const until = isSameDay ? to : `${formatDay(dateOf(end), locale, epoch(start))}, ${to}`;
  if (!locale.startsWith("de")) return `${from} to ${until}`;
  return `${isSameDay ? from?.replace(" Uhr", "") : from} bis ${until}`;
}

/** German says "14:30 Uhr", but "2:30 PM" and "01:30 MEZ". */
function oClock(time: string, locale: string): string {
  return locale.startsWith("de") && /\d$/.test(time) ? `${time} Uhr` : time;
}

/** "Tuesday 3 March, 14:30 to 15:00". */
export function formatWhen(
  start: Instant,
  minutes: number,
  locale: string,
  hourCycle: HourCycle,
  zone?: Zone,
  nowMs = now(),
): string {
  const day = formatDay(dateOf(start), locale, nowMs);
  return `${day}, ${formatTimeRange(start, minutes, locale, hourCycle, zone)}`;
}

/** "Tuesday 3 March", with the year when it is not this year. */
export function formatDay(date: PlainDate, locale: string, nowMs = now()): string {
  const year = date.startsWith(today("UTC", nowMs).slice(0, 4)) ? {} : { year: "numeric" as const };
  const options = { weekday: "long", day: "numeric", month: "long", ...year } as const;
  const day = reading(locale, options).format(midnight(date));
  // Browsers disagree about a comma between weekday and day; in English we write none.
  return locale.startsWith("en") ? day.replace(/^(\p{L}+), (?=\d)/u, "$1 ") : day;
}

/** "March 2026". */
export function formatMonth(date: PlainDate, locale: string): string {
  return reading(locale, { month: "long", year: "numeric" }).format(midnight(date));
}

/** The parts of a date that is shown as a block: "Tuesday", "3", "March 2026". */
export function dateBlock(date: PlainDate, locale: string): { weekday: string; day: string; month: string } {
  const weekday = reading(locale, { weekday: "long" }).format(midnight(date));
  return { weekday, day: String(numbers(date)[2]), month: formatMonth(date, locale) };
}

export function usualHourCycle(locale: string): HourCycle {
  const { hourCycle } = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions();
  return hourCycle === "h11" || hourCycle === "h12" ? "h12" : "h23";
}

// For browsers whose Intl knows nothing of weeks (CLDR, supplemental week data).
const SUNDAY =
  "AG AS AU BR BS BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW";
const SATURDAY = "AE AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY";

/** 0 is Sunday. */
export function firstDayOfWeek(locale: string): number {
  const asked = new Intl.Locale(locale) as Intl.Locale & WeekInfo;
  const told = (asked.getWeekInfo?.() ?? asked.weekInfo)?.firstDay;
  if (told !== undefined) return told % 7;
  const region = asked.maximize().region ?? "001";
  return SUNDAY.includes(region) ? 0 : SATURDAY.includes(region) ? 6 : 1;
}

type Week = { readonly firstDay: number };
type WeekInfo = { getWeekInfo?: () => Week; weekInfo?: Week };

/** A day as the month hands it over: midnight UTC of it. */
export type Midnight = { toISOString(): string };

export function dateOfMidnight(midnight: Midnight): PlainDate {
  return midnight.toISOString().slice(0, 10);
}

// Below: numbers and formatters

function midnight(date: PlainDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/** The reading of an instant's clock, as if that clock stood in UTC. */
function wallMs(instant: Instant): number {
  return Date.parse(`${instant.slice(0, 16)}:00Z`);
}

function plain(ms: number): PlainDate {
  return new Date(ms).toISOString().slice(0, 10);
}

function stamp(ms: number, offsetMins: number): Instant {
  const wall = new Date(ms + offsetMins * MINUTE_MS).toISOString().slice(0, 19);
  const [hours, minutes] = [Math.trunc(Math.abs(offsetMins) / 60), Math.abs(offsetMins) % 60];
  return `${wall}${offsetMins < 0 ? "-" : "+"}${twoDigits(hours)}:${twoDigits(minutes)}`;
}

function numbers(date: PlainDate): [number, number, number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

const formatters = new Map<string, Intl.DateTimeFormat | undefined>();

/** Formats what already is a reading: always in UTC, whatever zone the browser stands in. */
function reading(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const all = { ...options, timeZone: "UTC", calendar: "gregory" };
  const make = () => new Intl.DateTimeFormat(locale, all);
  return cached(locale + JSON.stringify(options), make) ?? make();
}

function formatterIn(zone: Zone, locale: string, timeZoneName: ZoneNameStyle) {
  const options = { timeZone: zone, timeZoneName, calendar: "gregory" };
  return cached(`${zone} ${locale} ${timeZoneName}`, () => new Intl.DateTimeFormat(locale, options));
}

/** Making a formatter costs a thousand times what using it does. */
function cached(key: string, make: () => Intl.DateTimeFormat): Intl.DateTimeFormat | undefined {
  if (!formatters.has(key)) formatters.set(key, orUndefined(make));
  return formatters.get(key);
}

/** Intl throws at zones it does not know. */
function orUndefined<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
