import type { ComponentChildren } from "preact";
import { dateBlock, dateOf, formatDay, type Instant, type Zone } from "../lib/plain-date";
import { sayHosts, sayRange, sayYours, useWords } from "./words";

type LeafProps = {
  readonly start: Instant;
  readonly minutes: number;
  readonly hostZone: Zone | undefined;
  /** Whether it is over, or no longer holds. */
  readonly gone?: "over" | "off" | undefined;
  /** More readings of the same time. */
  readonly children?: ComponentChildren;
};

/** A leaf of the calendar: the day, the hours, and whose clock they are read from. */
export function Leaf({ start, minutes, hostZone, gone, children }: LeafProps) {
  const words = useWords();
  const { weekday, day, month } = dateBlock(dateOf(start), words.locale);
  const hosts = sayHosts(words, start, minutes, hostZone);
  return (
    <div class={gone ? `leaf gone ${gone}` : "leaf"}>
      <p class="date">
        <span>{weekday}</span> <span class="number">{day}</span> <span>{month}</span>
      </p>
      <p class="line">{formatDay(dateOf(start), words.locale, words.nowMs)}</p>
      <div class="clock">
        <p class="hours">{sayRange(words, start, minutes)}</p>
        <p class="soft">{sayYours(words, start)}</p>
        {hosts && <p class="soft small">{hosts}</p>}
        {children}
      </div>
    </div>
  );
}
