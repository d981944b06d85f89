import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Reply, Slots } from "../lib/api";
import type { Trouble } from "../lib/journey";
import * as listings from "../lib/listing";
import { addDays, addMonths, lastOfMonth, type PlainDate, type Zone } from "../lib/plain-date";
import { useFreshness } from "./use-freshness";

/** What is looked for. Another one of these is another list. */
type Look = {
  readonly zone: Zone;
  readonly duration: number | undefined;
  readonly host?: string | undefined;
};

export type Ask = (query: Look & listings.DateRange) => Promise<Reply<Slots>>;

export type Wish = {
  readonly ask: Ask;
  readonly look: Look;
  readonly now: () => number;
  /** The present minute: what lies before it is no longer offered. */
  readonly nowMs: number;
  readonly today: PlainDate;
  /** The month that is seen: what lies ahead of it is fetched before anybody turns the page. */
  readonly toward: PlainDate;
  /** The last date that can be booked; `null` while that is not known. */
  readonly windowEnd: PlainDate | undefined | null;
};

export type Calendar = {
  /** What is shown: the list before this one, until this one is there. */
  readonly listing: listings.Listing;
  /** What is known of just what is looked for; nothing while it is on its way. */
  readonly own: listings.Listing;
  /** Whether there is anything to show at all. */
  readonly ready: boolean;
  /** Whether what is shown is about to be replaced. */
  readonly busy: boolean;
  /** Why what is looked at is not there. What nobody looks at yet may fail in silence. */
  readonly trouble: Trouble | undefined;
  readonly retry: () => void;
  /** Asks again for what is known, and shows the old until then. */
  readonly refresh: () => void;
};

type Entry = {
  readonly listing: listings.Listing;
  readonly asking: boolean;
  /** Whether all of it is to be asked for again: because it is known to be wrong, or just because it is old. */
  readonly again: "wrong" | "old" | undefined;
  readonly trouble?: Trouble | undefined;
  /** When it was asked for, and when it was last tried to. */
  readonly asOf: number;
  readonly triedAt: number;
};

const unasked: Entry = { listing: listings.empty, asking: false, again: undefined, asOf: 0, triedAt: 0 };

const OLD_AFTER_MS = 5 * 60_000;
const TRY_AFTER_MS = 60_000;

/** What of the calendar is known, by what is looked for; the rest is fetched when it comes near. */
export function useListing(wish: Wish): Calendar {
  const { today, nowMs, now } = wish;
  const [entries, setEntries] = useState<ReadonlyMap<string, Entry>>(new Map());
  const round = useRef(0);
  const last = useRef<listings.Listing>(listings.empty);
  const key = JSON.stringify([wish.look.zone, wish.look.duration, wish.look.host]);
  const entry = entries.get(key) ?? unasked;
  const put = (change: (entry: Entry) => Entry) =>
    setEntries((all) => new Map(all).set(key, change(all.get(key) ?? unasked)));
  const range = entry.asking || entry.trouble ? undefined : wanted(entry, wish);

  useLayoutEffect(() => {
    if (range) void fetchInto(wish, range, put, round);
  }, [key, range?.from, range?.to, entry.again]);

  const again = (why: "wrong" | "old") => {
    round.current += 1;
    const anew = (old: Entry): Entry => ({ ...old, asking: false, again: why, trouble: undefined });
    setEntries((all) => new Map([[key, anew(all.get(key) ?? unasked)]]));
  };
  useFreshness(
    () => isOld(entry, today, now()),
    () => again("old"),
    today,
  );

  const ready = entry.listing.known.length > 0;
  // The old list stands in for one that is coming. For one that does not come it would be read wrongly.
  if (ready || entry.trouble) last.current = entry.listing;
  const ahead = (listing: listings.Listing) =>
    useMemo(() => listings.ahead(listing, today, nowMs), [listing, today, nowMs]);
  return {
    listing: ahead(last.current),
    own: ahead(entry.listing),
    ready: last.current.known.length > 0,
    busy: (entry.asking || range !== undefined) && (!ready || entry.again === "wrong"),
    trouble: isSeen(entry, wish) ? entry.trouble : undefined,
    retry: () => put((old) => ({ ...old, trouble: undefined })),
    refresh: () => again("wrong"),
  };
}

/** Old by the clock, or of a day that is over. What failed is left alone for a while. */
function isOld({ listing, asking, asOf, triedAt }: Entry, today: PlainDate, nowMs: number): boolean {
  const [first] = listing.known;
  if (!first || asking || nowMs - triedAt < TRY_AFTER_MS) return false;
  return first.from < today || nowMs - asOf >= OLD_AFTER_MS;
}

type Put = (change: (entry: Entry) => Entry) => void;

/** An answer to a question from before a refresh is old news. */
async function fetchInto(
  { ask, look, now }: Wish,
  range: listings.DateRange,
  put: Put,
  round: { current: number },
) {
  const asked = round.current;
  const triedAt = now();
  put((entry) => ({ ...entry, asking: true, triedAt }));
  const reply = await ask({ ...range, ...look });
  if (asked !== round.current) return;
  if (reply.kind === "ok") put((entry) => known(entry, range, reply.value));
  else put((entry) => missing(entry, reply));
}

function known(
  entry: Entry,
  { from, to }: listings.DateRange,
  slots: Parameters<typeof listings.merge>[3],
): Entry {
  const isFirst = entry.again !== undefined || entry.listing.known.length === 0;
  const before = entry.again ? listings.empty : entry.listing;
  const asOf = isFirst ? entry.triedAt : entry.asOf;
  const listing = listings.merge(before, from, to, slots);
  return { listing, asking: false, again: undefined, asOf, triedAt: entry.triedAt };
}

/** What is only old does until there is better. */
function missing(entry: Entry, trouble: Trouble): Entry {
  if (entry.again === "old") return { ...entry, asking: false, again: undefined };
  return { ...entry, asking: false, trouble };
}

/** Whether what failed is what the guest looks at, and not what lies ahead of it. */
function isSeen({ listing, again }: Entry, { toward, windowEnd }: Wish): boolean {
  if (again || listing.known.length === 0) return true;
  return listings.chunkFor(listing, lastOfMonth(toward), windowEnd ?? undefined) !== undefined;
}

/** What to ask for next: first all that one question may ask, then what lies behind it as it comes near. */
function wanted({ listing, again }: Entry, wish: Wish): listings.DateRange | undefined {
  const { today, toward, windowEnd } = wish;
  if (again || listing.known.length === 0) return { from: today, to: addDays(today, listings.DAYS_MAX - 1) };
  if (windowEnd === null) return undefined;
  const near = listings.chunkFor(listing, lastOfMonth(toward), windowEnd);
  if (near) return near;
  const ahead = lastOfMonth(addMonths(toward, 1));
  return listings.covers(listing, ahead) ? undefined : listings.nextChunk(listing, windowEnd);
}
