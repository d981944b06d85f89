import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Booking, Mode } from "../lib/api";
import type { Shown } from "../lib/chosen-host";
import {
  dateOf,
  epoch,
  formatDay,
  formatTime,
  formatTimeRange,
  formatWhen,
  type HourCycle,
  type Instant,
  inZone,
  minutesBetween,
  readsLike,
  type Zone,
  zoneLabel,
} from "../lib/plain-date";
import type { Catalogue } from "../lib/texts/catalogue";

/** How this page speaks: in which language, by which clock, of which zone, and when "now" is. */
export type Words = {
  readonly t: Catalogue;
  readonly locale: string;
  /** The guest's own country, for the first day of the week. */
  readonly habits: string;
  readonly hourCycle: HourCycle;
  readonly zone: Zone;
  readonly nowMs: number;
};

export const WordsContext = createContext<Words | undefined>(undefined);

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error("a component that speaks stands outside of the page");
  return words;
}

/** "14:30". */
export function sayTime({ locale, hourCycle }: Words, slot: Instant): string {
  return formatTime(slot, locale, hourCycle);
}

/** "14:30 to 15:00". */
export function sayRange({ locale, hourCycle, zone }: Words, start: Instant, minutes: number): string {
  return formatTimeRange(start, minutes, locale, hourCycle, zone);
}

/** "Tuesday 3 March, 14:30 to 15:00". */
export function sayWhen({ locale, hourCycle, zone, nowMs }: Words, start: Instant, minutes: number): string {
  return formatWhen(start, minutes, locale, hourCycle, zone, nowMs);
}

/** "Tuesday 3 March, 14:30". */
export function sayDayAndTime(words: Words, slot: Instant): string {
  const day = formatDay(dateOf(slot), words.locale, words.nowMs);
  return words.t.dayAndTime(day, sayTime(words, slot));
}

/** "your time, London (GMT)". */
export function sayYours({ t, locale, zone }: Words, start: Instant): string {
  const { city, short } = zoneLabel(zone, locale, epoch(start));
  return t.yourTime(city, whole(short));
}

/** "GMT-5", which must not break at what looks like a hyphen. */
function whole(zoneName: string): string {
  return zoneName.replaceAll("-", "\u2011");
}

/** The zone of the host, if there is but one: where several share the meetings, nobody can tell whose it will be. */
export function hostZoneOf({ hosts, time_zone, chosenHost }: HostAndZone): Zone | undefined {
  return hosts.length === 1 && !chosenHost ? time_zone : undefined;
}

type HostAndZone = Pick<Shown, "hosts" | "time_zone" | "chosenHost">;

/** The host's reading of the same meeting, where it is another. */
export function sayHosts(
  words: Words,
  start: Instant,
  minutes: number,
  hostZone: Zone | undefined,
): string | undefined {
  const there = sayThere(words, start, minutes, hostZone);
  return there && words.t.hostTime(there.range, there.city, there.short);
}

export type There = { readonly range: string; readonly city: string; readonly short: string };

/** The reading of a meeting in another zone, where it is another. */
export function sayThere(
  words: Words,
  start: Instant,
  minutes: number,
  zone: Zone | undefined,
): There | undefined {
  const theirs = zone && inZone(start, zone);
  if (!zone || theirs === undefined || readsLike(theirs, start)) return undefined;
  const { city, short } = zoneLabel(zone, words.locale, epoch(start));
  const there = { ...words, zone };
  const sameDay = dateOf(theirs) === dateOf(start);
  const range = sameDay ? sayRange(there, theirs, minutes) : sayWhen(there, theirs, minutes);
  return { range, city, short: whole(short) };
}

/** Those who really come, all of them: no "or" any more. */
export function peopleOf({ hosts }: Pick<Booking, "hosts">, t: Catalogue): string {
  const all: Mode = "collective";
  return t.people(
    hosts.map(({ name }) => name),
    all,
  );
}

export function minutesOf({ start, end }: Pick<Booking, "start" | "end">): number {
  return minutesBetween(start, end);
}
