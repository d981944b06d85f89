import { Check, X } from "lucide";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { formatTime, inZone, type Zone } from "../lib/plain-date";
import { offerZones, type ZoneEntry, zones } from "../lib/zones";
import { Dialog } from "./dialog";
import { Icon } from "./icon";
import { useWords } from "./words";

export type ZoneSearchProps = {
  /** Every zone that the browser knows. */
  readonly supported: readonly Zone[];
  readonly own: Zone | undefined;
  readonly onPick: (zone: Zone) => void;
  readonly onClose: () => void;
};

/** The zones by city, offset or name: a combobox whose list stays open. */
export function ZoneSearch({ supported, own, onPick, onClose }: ZoneSearchProps) {
  const { t, locale, zone, nowMs } = useWords();
  const entries = useMemo(() => zones(supported, nowMs, locale), [supported, locale]);
  const [query, setQuery] = useState("");
  const { found, more } = useMemo(() => offerZones(entries, query, [zone, own]), [entries, query]);
  const [active, setActive] = useState(0);
  const search = (text: string) => {
    setQuery(text);
    setActive(0);
  };
  return (
    <Dialog label="zones-title" class="zones" onClose={onClose}>
      <div class="top">
        <h2 id="zones-title">{t.zoneTitle}</h2>
        <button type="button" class="button plain" aria-label={t.close} onClick={onClose}>
          <Icon node={X} />
        </button>
      </div>
      <SearchField
        query={query}
        count={found.length}
        active={active}
        onQuery={search}
        onMove={setActive}
        onPick={() => found[active] && onPick(found[active].zone)}
      />
      <Found found={found} more={more} active={active} own={own} query={query} onPick={onPick} />
    </Dialog>
  );
}

type SearchFieldProps = {
  readonly query: string;
  readonly count: number;
  readonly active: number;
  readonly onQuery: (query: string) => void;
  readonly onMove: (active: number) => void;
  readonly onPick: () => void;
};

function SearchField({ query, count, active, onQuery, onMove, onPick }: SearchFieldProps) {
  const { t } = useWords();
  const onKeyDown = (event: KeyboardEvent) => {
    // An Enter that only ends what an input method composes is not yet the guest's word.
    if (event.isComposing) return;
    const next = movedTo(event.key, active, count);
    if (next !== undefined) onMove(next);
    else if (event.key === "Enter") onPick();
    else return;
    event.preventDefault();
  };
  return (
    <div class="field">
      <label for="zone-search">{t.zoneSearch}</label>
      <p class="hint" id="zone-hint">
        {t.zoneHint}
      </p>
      <input
        // The dialog is opened to search, and opening it is what moves the focus.
        autofocus
        id="zone-search"
        role="combobox"
        type="text"
        dir="auto"
        autocomplete="off"
        spellcheck={false}
        aria-expanded="true"
        aria-controls="zone-list"
        aria-autocomplete="list"
        aria-activedescendant={count ? `zone-${active}` : undefined}
        aria-describedby="zone-hint"
        value={query}
        onInput={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

/** Home and End stay with the text, as everywhere where one types. */
function movedTo(key: string, active: number, count: number): number | undefined {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
  const step = steps[key];
  if (step === undefined || count === 0) return undefined;
  if (Math.abs(step) === 1) return (active + step + count) % count;
  return Math.max(0, Math.min(count - 1, active + step));
}

type FoundProps = {
  readonly found: readonly ZoneEntry[];
  readonly more: boolean;
  readonly active: number;
  readonly own: Zone | undefined;
  readonly query: string;
  readonly onPick: (zone: Zone) => void;
};

function Found({ found, more, active, own, query, onPick }: FoundProps) {
  const { t } = useWords();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active, found]);
  const searched = query.trim() !== "";
  return (
    <>
      <p class={searched && found.length === 0 ? "soft" : "unseen"} role="status">
        {!searched ? "" : found.length ? t.zonesFound(found.length) : t.zoneNotFound(query.trim())}
      </p>
      <div role="listbox" id="zone-list" class="list" aria-label={t.zoneTitle} ref={list}>
        {found.map((entry, index) => (
          <ZoneOption key={entry.zone} {...{ entry, index, active, own, onPick }} />
        ))}
      </div>
      {more && <p class="soft small">{t.zoneMore}</p>}
    </>
  );
}

type ZoneOptionProps = Pick<FoundProps, "active" | "own" | "onPick"> & {
  readonly entry: ZoneEntry;
  readonly index: number;
};

function ZoneOption({ entry, index, active, own, onPick }: ZoneOptionProps) {
  const { t, locale, hourCycle, nowMs, zone } = useWords();
  const there = inZone(nowMs, entry.zone);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's, where the focus is.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the combobox, which names the active option.
    <div
      role="option"
      id={`zone-${index}`}
      aria-selected={index === active}
      onClick={() => onPick(entry.zone)}
    >
      <span class="name">
        {entry.city} {entry.zone === zone && <Chosen />}
        <span class="soft small">{entry.zone === own ? t.zoneYours : entry.region}</span>
      </span>
      <span class="time">
        {there && formatTime(there, locale, hourCycle)} <span class="small">{entry.offsetText}</span>
      </span>
    </div>
  );
}

/** A tick for those who see it, and a word for those who do not. */
function Chosen() {
  const { t } = useWords();
  return (
    <>
      <Icon node={Check} /> <span class="unseen">{t.zoneChosen}</span>
    </>
  );
}
