// The zones of the world, as people look for them.
//
// Asking Intl about a zone takes a quarter of a millisecond on a fast machine, and there are 420 of them. So an entry
// asks only for what is shown of it, and a search goes by our own lists.

import { cityOf } from "./cities";
import { currentName, currentZone } from "./current-zone";
import { placesOf } from "./places";
import { daysAfter, offsetText, type Zone, zoneName, zoneOffset } from "./plain-date";

export type ZoneEntry = {
  readonly zone: Zone;
  /** "London". */
  readonly city: string;
  /** "Europe", or nothing for UTC. */
  readonly region: string;
  /** The place that was searched for, where it is not the city: "San Francisco". */
  readonly place: string | undefined;
  readonly offsetMinutes: number;
  readonly offsetText: string;
  /** What Intl calls it: in general, in winter and in summer. */
  readonly names: readonly string[];
};

/** How well a text answers a search: smaller is better, `undefined` not at all. */
type Rank = number | undefined;

const NEVER = 99;
const HALF_A_YEAR = 182;

const GERMAN_REGIONS: Readonly<Record<string, string>> = {
  Africa: "Afrika",
  America: "Amerika",
  Antarctica: "Antarktis",
  Arctic: "Arktis",
  Asia: "Asien",
  Atlantic: "Atlantik",
  Australia: "Australien",
  Europe: "Europa",
  Indian: "Indischer Ozean",
  Pacific: "Pazifik",
};

/** An entry for each zone that the browser knows, by city, and one for UTC. */
export function zones(supported: readonly Zone[], nowMs: number, locale: string): ZoneEntry[] {
  const all = [...new Set([...supported, "UTC"])].filter((zone) => zone === "UTC" || zone.includes("/"));
  const entries = all.map((zone) => new Entry(zone, nowMs, locale)).filter(({ city }) => city !== "");
  return entries.sort((one, other) => (one.folded < other.folded ? -1 : 1));
}

/** The entries that answer a query, best first; without a query, the zones that most people live in. */
export function searchZones(entries: readonly ZoneEntry[], query: string, limit: number): ZoneEntry[] {
  const all = entries as readonly Entry[];
  const wanted = fold(query);
  if (!wanted) return mostLookedFor(all, limit);
  const offsets = offsetsIn(query);
  if (offsets.length) return offsets.flatMap((offset) => at(all, offset)).slice(0, limit);
  const found = best(all, wanted);
  return (found.length ? found : best(all, withoutTime(wanted))).slice(0, limit);
}

/** Room for all that our lists know, and not for all that there are. */
const OFFERED_MAX = 100;

type Offered = {
  readonly found: readonly ZoneEntry[];
  /** Whether there are more than are offered. */
  readonly more: boolean;
};

/** What a list shows: whoever types nothing yet sees the zones near to hand, and then the ones most people look for. */
export function offerZones(
  entries: readonly ZoneEntry[],
  query: string,
  near: readonly (Zone | undefined)[],
): Offered {
  if (query.trim()) {
    const all = searchZones(entries, query, OFFERED_MAX + 1);
    return { found: all.slice(0, OFFERED_MAX), more: all.length > OFFERED_MAX };
  }
  const first = entries.filter(({ zone }) => near.includes(zone));
  const others = entries.filter((entry) => !first.includes(entry));
  const found = [...first, ...searchZones(others, "", OFFERED_MAX - first.length)];
  return { found, more: found.length < entries.length };
}

class Entry implements ZoneEntry {
  readonly city: string;
  readonly region: string;
  readonly folded: string;
  readonly places: readonly string[];
  /** How many people may look for it, as far as our lists can tell. */
  readonly weight: number;
  private iana: readonly string[] | undefined;
  private foldedPlaces: readonly string[] | undefined;
  private known: { offset?: number; names?: readonly string[] } = {};

  readonly zone: Zone;

  constructor(
    /** As the browser lists it, which may be a name of the past. */
    private readonly listed: Zone,
    private readonly nowMs: number,
    private readonly locale: string,
    readonly place: string | undefined = undefined,
  ) {
    this.zone = currentZone(listed);
    this.city = cityOf(listed, locale) ?? "";
    this.folded = fold(this.city);
    this.region = regionOf(listed, locale);
    ({ places: this.places, weight: this.weight } = placesOf(listed));
  }

  get offsetMinutes(): number {
    this.known.offset ??= zoneOffset(this.zone, this.nowMs) ?? 0;
    return this.known.offset;
  }

  get offsetText(): string {
    return offsetText(this.offsetMinutes);
  }

  get names(): readonly string[] {
    this.known.names ??= this.ask();
    return this.known.names;
  }

  /** By what our lists know of it: its own city before places near it, and both before the name of its zone. */
  rank(wanted: string): Rank {
    this.iana ??= [this.listed, currentName(this.listed), cityOf(this.listed, "en") ?? ""].map(fold);
    const iana = this.iana.map((name) => after(rankOf(name, wanted), 7));
    return lowest([rankOf(this.folded, wanted), after(this.nearest(wanted)[1], 1), ...iana]);
  }

  /** The same zone under the place that answers the search better than its city does. */
  found(wanted: string): Entry {
    const [place, rank = NEVER] = this.nearest(wanted);
    const isNearer = place !== undefined && rank + 1 < (rankOf(this.folded, wanted) ?? NEVER);
    return isNearer ? new Entry(this.listed, this.nowMs, this.locale, place) : this;
  }

  private nearest(wanted: string): readonly [string | undefined, Rank] {
    this.foldedPlaces ??= this.places.map(fold);
    const ranks = this.foldedPlaces.map((place) => rankOf(place, wanted));
    const rank = lowest(ranks);
    return [rank === undefined ? undefined : this.places[ranks.indexOf(rank)], rank];
  }

  private ask(): string[] {
    const { zone, locale, nowMs } = this;
    const name = (style: "short" | "long" | "longGeneric", atMs = nowMs) =>
      zoneName(zone, locale, style, atMs);
    const seasons = [nowMs, daysAfter(nowMs, HALF_A_YEAR)];
    const asked = [name("longGeneric"), ...seasons.map((at) => name("long", at)), name("short")];
    return [...new Set(asked.filter((said) => said !== undefined))];
  }
}

/** The best entries, the ones with the most places around them first among equals. */
function best(all: readonly Entry[], wanted: string): Entry[] {
  if (!wanted) return [];
  const ranked = all
    .map((entry) => ({ entry, rank: entry.rank(wanted) ?? NEVER }))
    .filter(({ rank }) => rank < NEVER);
  ranked.sort((one, other) => one.rank - other.rank || other.entry.weight - one.entry.weight);
  return ranked.map(({ entry }) => entry.found(wanted));
}

/** As many as there is room for, by city. */
function mostLookedFor(all: readonly Entry[], limit: number): Entry[] {
  const known = all.filter(({ weight }) => weight > 0).sort((one, other) => other.weight - one.weight);
  const near = new Set(known.slice(0, limit));
  return all.filter((entry) => near.has(entry));
}

/** "nepal time" and "mitteleuropaische sommerzeit" mean the zone of what stands before. */
function withoutTime(wanted: string): string {
  return wanted.replace(/ (standard |daylight |summer |mean )?time$| ?(normal|standard|sommer)?zeit$/, "");
}

/** The zones that most people live in; where none of them has the offset, any that has. */
function at(all: readonly Entry[], offset: number): Entry[] {
  const there = ({ offsetMinutes }: Entry) => offsetMinutes === offset;
  const known = all.filter(({ weight }) => weight > 0).filter(there);
  const found = known.length ? known : all.filter(there);
  return found.sort((one, other) => other.weight - one.weight);
}

/** Exact, from its beginning on (better with fewer words more), from the beginning of a word on, anywhere. */
function rankOf(text: string, wanted: string): Rank {
  if (text === wanted) return 0;
  if (text.startsWith(wanted)) return 2 + text.split(" ").length / 20;
  if (text.includes(` ${wanted}`)) return 4;
  return wanted.length > 2 && text.includes(wanted) ? 6 : undefined;
}

function after(rank: Rank, steps: number): Rank {
  return rank === undefined ? undefined : rank + steps;
}

function lowest(ranks: readonly Rank[]): Rank {
  const least = Math.min(...ranks.map((rank) => rank ?? NEVER));
  return least < NEVER ? least : undefined;
}

/** The offsets that a query can mean, in minutes: "+5:45", "utc+1", "gmt-5", "5.5", "+0530"; none for words. */
function offsetsIn(query: string): number[] {
  const shape = /^(?:utc|gmt)?\s*([+\-\u2212\u2013]?)\s*(\d{1,2})(?:[:.,h]?(\d\d)|[.,](\d))?$/i;
  const [, sign, hours, minutes, tenth] = shape.exec(query.trim()) ?? [];
  if (hours === undefined) return [];
  const rest = minutes === undefined ? Number(tenth ?? 0) * 6 : quarters(query, minutes);
  const mins = Number(hours) * 60 + rest;
  if (sign === "+" || mins === 0) return [mins];
  return sign ? [-mins] : [mins, -mins];
}

/** "5.75" and "5,75" are parts of an hour; "5.45" and "5:45" are minutes. */
function quarters(query: string, digits: string): number {
  return /[.,](25|50|75)$/.test(query.trim()) ? Number(digits) * 0.6 : Number(digits);
}

/** Without accents, case and punctuation. */
function fold(text: string): string {
  return bare(text.toLowerCase())
    .replace(/[_/,.-]+/g, " ")
    .trim();
}

function bare(text: string): string {
  if (!/[^ -~]/.test(text)) return text;
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "");
  return plain.replaceAll("ß", "ss").replaceAll("ł", "l").replaceAll("ø", "o");
}

function regionOf(zone: Zone, locale: string): string {
  const region = zone.includes("/") ? (zone.split("/")[0] ?? "") : "";
  if (locale.startsWith("de")) return GERMAN_REGIONS[region] ?? region;
  return region === "Indian" ? "Indian Ocean" : region;
}
