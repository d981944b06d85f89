import { useRef } from "preact/hooks";
import type { Instant } from "../lib/plain-date";

type SlotsProps = {
  /** The name of the radio group. */
  readonly group: string;
  readonly slots: readonly Instant[];
  /** What each is called, in the same order. */
  readonly labels: readonly string[];
  readonly pointed: Instant | undefined;
  /** The one there is nothing to choose about, and what is said of it. */
  readonly present?: { readonly slot: Instant; readonly mark: string } | undefined;
  readonly onPoint: (slot: Instant) => void;
  readonly onChoose: (slot: Instant) => void;
};

/**
 * Radio buttons in a grid. The arrow keys only point, as they must in a radio group; a click, Space or Enter chooses.
 * Browsers report an arrow key as a click too, so the key that went before tells the two apart.
 */
export function Slots({ group, slots, labels, pointed, present, onPoint, onChoose }: SlotsProps) {
  const byArrow = useRef(false);
  const onKeyDown = (event: KeyboardEvent) => {
    byArrow.current = event.key.startsWith("Arrow");
    // Browsers let Space do nothing on a radio button that the arrow keys have checked already.
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    const slot = (event.target as HTMLInputElement).value;
    if (slot) onChoose(slot);
  };
  const onClick = (slot: Instant) => (byArrow.current ? onPoint(slot) : onChoose(slot));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the radio buttons inside.
    <div class="slots" onKeyDown={onKeyDown} onKeyUp={() => (byArrow.current = false)}>
      {slots.map((slot, index) => (
        <label class="slot choice" key={slot}>
          <input
            type="radio"
            name={group}
            value={slot}
            checked={slot === pointed}
            disabled={slot === present?.slot}
            onClick={() => onClick(slot)}
          />
          {labels[index]}
          {slot === present?.slot && <span class="mark">{present.mark}</span>}
        </label>
      ))}
    </div>
  );
}
