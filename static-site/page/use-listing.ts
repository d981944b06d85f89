import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Reply, Slots } from "../lib/api";
import type { Trouble } from "../lib/journey";
import * as listings from "../lib/listing";
import { addDays, addMonths, lastOfMonth, type PlainDate, type Zone } from "../lib/plain-date";

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
  readonly trouble: Trouble | undefined;
  readonly retry: () => void;
  /** Asks again for what is known, and shows the old until then. */
  readonly refresh: () => void;
};

type Entry = {
  readonly listing: listings.Listing;
  readonly asking: boolean;
  readonly stale: boolean;
  readonly trouble?: Trouble | undefined;
};

const unasked: Entry = { listing: listings.empty, asking: false, stale: false };

/** What of the calendar is known, by what is looked for; the rest is fetched when it comes near. */
export function useListing(wish: Wish): Calendar {
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
  }, [key, range?.from, range?.to, entry.stale]);

  const ready = entry.listing.known.length > 0;
  // The old list stands in for one that is coming. For one that does not come it would be read wrongly.
  if (ready || entry.trouble) last.current = entry.listing;
  return {
    listing: last.current,
    own: entry.listing,
    ready: last.current.known.length > 0,
    busy: (entry.asking || range !== undefined) && (!ready || entry.stale),
    trouble: entry.trouble,
    retry: () => put((old) => ({ ...old, trouble: undefined })),
    refresh: () => {
      round.current += 1;
      setEntries(new Map([[key, { ...entry, asking: false, stale: true, trouble: undefined }]]));
    },
  };
}

type Put = (change: (entry: Entry) => Entry) => void;

/** An answer to a question from before a refresh is old news. */
async function fetchInto(
  { ask, look }: Wish,
  range: listings.DateRange,
  put: Put,
  round: { current: number },
) {
  const asked = round.current;
  put((entry) => ({ ...entry, asking: true }));
  const reply = await ask({ ...range, ...look });
  if (asked !== round.current) return;
  if (reply.kind === "ok") put((entry) => known(entry, range, reply.value));
  else put((entry) => ({ ...entry, asking: false, trouble: reply }));
}

function known(
  entry: Entry,
  { from, to }: listings.DateRange,
  slots: Parameters<typeof listings.merge>[3],
): Entry {
  const before = entry.stale ? listings.empty : entry.listing;
  return { listing: listings.merge(before, from, to, slots), asking: false, stale: false };
}

/** What to ask for next: first all that one question may ask, then what lies behind it as it comes near. */
function wanted({ listing, stale }: Entry, wish: Wish): listings.DateRange | undefined {
  const { today, toward, windowEnd } = wish;
  if (stale || listing.known.length === 0) return { from: today, to: addDays(today, listings.DAYS_MAX - 1) };
  if (windowEnd === null) return undefined;
  const near = listings.chunkFor(listing, lastOfMonth(toward), windowEnd);
  if (near) return near;
  const ahead = lastOfMonth(addMonths(toward, 1));
  return listings.covers(listing, ahead) ? undefined : listings.nextChunk(listing, windowEnd);
}
