import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { byPartOfDay, type Part } from "../lib/listing";
import { formatDay, formatTimes, type Instant, type PlainDate } from "../lib/plain-date";
import { Bone } from "./skeleton";
import { Slots } from "./slot";
import { useWords } from "./words";

type TimesProps = {
  /** Left open where there is no day to speak of. */
  readonly date: PlainDate | undefined;
  readonly slots: readonly Instant[];
  readonly pointed: Instant | undefined;
  /** The time of a booking that is to be moved. */
  readonly present?: { readonly slot: Instant; readonly mark: string } | undefined;
  readonly busy: boolean;
  readonly slow: boolean;
  /** Whether this day's times are still on their way. */
  readonly coming: boolean;
  /** Whether the guest comes back from the form, and has to find the place again. */
  readonly returns: boolean;
  /** What is to be said before the times. */
  readonly children?: ComponentChildren;
  readonly onPoint: (slot: Instant) => void;
  readonly onChoose: (slot: Instant) => void;
};

export function Times({ date, slots, busy, slow, coming, returns, children, ...rest }: TimesProps) {
  const { t, locale, nowMs } = useWords();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (returns) placeToReturn(panel.current)?.focus();
  }, []);
  return (
    <section class="times" aria-labelledby="times" ref={panel}>
      <h2 id="times" tabIndex={-1}>
        {date === undefined ? t.chooseTime : formatDay(date, locale, nowMs)}
      </h2>
      {slow && <p class="soft">{t.slow}</p>}
      {children}
      {coming && <SlotsToCome />}
      <div class="parts" aria-busy={busy}>
        {byPartOfDay(slots).map((part) => (
          <PartOfDay key={part.part} {...part} all={slots} {...rest} />
        ))}
      </div>
    </section>
  );
}

type PartProps = Part &
  Pick<TimesProps, "pointed" | "present" | "onPoint" | "onChoose"> & { readonly all: readonly Instant[] };

function PartOfDay({ part, slots, all, ...rest }: PartProps) {
  const { t, locale, hourCycle, zone } = useWords();
  const labels = new Map(
    formatTimes(all, locale, hourCycle, zone).map((label, index) => [all[index], label]),
  );
  return (
    <fieldset>
      <legend>{t.partLegend(t.partOfDay[part], slots.length)}</legend>
      <Slots group={part} slots={slots} labels={slots.map((slot) => labels.get(slot) ?? slot)} {...rest} />
    </fieldset>
  );
}

function placeToReturn(panel: HTMLElement | null): HTMLElement | null | undefined {
  return panel?.querySelector<HTMLElement>(":checked") ?? panel?.querySelector<HTMLElement>("#times");
}

/** The times, still on their way. */
export function TimesToCome({ slow }: { readonly slow: boolean }) {
  const { t } = useWords();
  return (
    <section class="times" aria-busy="true">
      <Bone size="heading" />
      <p class={slow ? "soft" : "unseen"} role="status">
        {slow ? t.slow : t.loading}
      </p>
      <SlotsToCome />
    </section>
  );
}

function SlotsToCome() {
  return (
    <div aria-hidden="true">
      <Bone size="caption" />
      <div class="slots">
        {Array.from({ length: 8 }, (_, index) => (
          <Bone key={index} size="box" />
        ))}
      </div>
    </div>
  );
}
