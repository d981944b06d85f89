import type { ComponentType } from "preact";
import { useCallback, useRef, useState } from "preact/hooks";
import type { ChoosingAct } from "../lib/choosing";
import { covers, freeDates, type Listing } from "../lib/listing";
import { type PlainDate, type Zone, zoneLabel } from "../lib/plain-date";
import { Month } from "./month";
import { Bone } from "./skeleton";
import { useWords } from "./words";
import { ZoneLine } from "./zone";
import type { ZoneSearchProps } from "./zone-search";

type ChooseDayProps = {
  readonly focused: PlainDate;
  readonly chosen: PlainDate | undefined;
  /** The day of a booking that is to be moved. */
  readonly present?: PlainDate | undefined;
  readonly today: PlainDate;
  readonly min: PlainDate;
  readonly max: PlainDate | undefined;
  readonly listing: Listing;
  readonly busy: boolean;
  /** Whether what may be chosen at all is still to come. */
  readonly coming: boolean;
  readonly refusedZone: Zone | undefined;
  /** The search for a zone: a part that a page may fetch later. */
  readonly search: ComponentType<ZoneSearchProps>;
  readonly supported: () => readonly Zone[];
  readonly own: Zone | undefined;
  readonly act: (act: ChoosingAct) => void;
  readonly onChoose: (date: PlainDate) => void;
};

/** The month, and whose clock its times are read from. */
export function ChooseDay(props: ChooseDayProps) {
  const { listing, coming, refusedZone, search: Search, supported, own, act, ...month } = props;
  const { t, locale, zone, nowMs } = useWords();
  // Asked for once for each opening: the list must not begin anew whenever the clock moves on.
  const [searched, setSearched] = useState<readonly Zone[]>();
  const pick = (zone: Zone) => {
    act({ kind: "zone", zone });
    setSearched(undefined);
  };
  return (
    <section class="calendar" aria-label={t.chooseDay}>
      {coming && <Bone size="cover" />}
      <Month
        {...month}
        free={useFree(listing)}
        isKnown={useCallback((date) => covers(listing, date), [listing])}
        onLook={(date) => act({ kind: "looked", date })}
      />
      <ZoneLine
        onOpen={() => setSearched(supported())}
        onHours={(hourCycle) => act({ kind: "hours", hourCycle })}
      />
      {refusedZone && (
        <p class="soft small" role="status">
          {t.zoneFallback(refusedZone, zoneLabel(zone, locale, nowMs).city)}
        </p>
      )}
      {searched && (
        <Search supported={searched} own={own} onPick={pick} onClose={() => setSearched(undefined)} />
      )}
    </section>
  );
}

function useFree(listing: Listing): ReadonlySet<PlainDate> {
  const kept = useRef({ listing, free: new Set(freeDates(listing)) });
  if (kept.current.listing !== listing) kept.current = { listing, free: new Set(freeDates(listing)) };
  return kept.current.free;
}
