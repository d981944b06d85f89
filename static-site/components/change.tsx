import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Trouble } from "../lib/journey";
import type { Managed } from "../lib/manage-api";
import type { Instant, Zone } from "../lib/plain-date";
import { count } from "../lib/typed";
import { Dialog } from "./dialog";
import { TextField } from "./field";
import { Leaf } from "./leaf";
import { named, useManageWords } from "./manage-words";
import { SendTrouble } from "./send-trouble";
import { sayDayAndTime, sayTime } from "./words";

type AskProps = {
  readonly managed: Managed;
  readonly sending: boolean;
  readonly trouble: Trouble | undefined;
  readonly onGo: () => void;
  readonly onBack: () => void;
};

type ConfirmMoveProps = AskProps & {
  readonly slot: Instant;
  readonly minutes: number;
  readonly hostZone: Zone | undefined;
};

/** The last word before a move: from when to when. */
export function ConfirmMove({ slot, minutes, hostZone, ...ask }: ConfirmMoveProps) {
  const words = useManageWords();
  const { m } = words;
  const { title, people, start } = named(words, ask.managed);
  const [from, to] = [sayDayAndTime(words, start), sayDayAndTime(words, slot)];
  const acts = { go: m.moveTo(sayTime(words, slot)), wait: m.inFlightMove, back: words.t.back };
  return (
    <Last title={m.confirmMove} acts={acts} first="go" {...ask}>
      <p>{m.moving(title, people, from, to)}</p>
      <Leaf start={slot} minutes={minutes} hostZone={hostZone} />
    </Last>
  );
}

type ConfirmCancelProps = AskProps & {
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly hostZone: Zone | undefined;
};

/** The server's limit. */
const REASON_MAX = 1000;

/** The last word before a booking is given up: which, and why if one likes. */
export function ConfirmCancel({ reason, onReason, hostZone, onGo, ...ask }: ConfirmCancelProps) {
  const words = useManageWords();
  const { m } = words;
  const { title, people, when, start, minutes } = named(words, ask.managed);
  const length = count(reason);
  const error = length > REASON_MAX ? words.t.tooLong(REASON_MAX, length) : undefined;
  const go = () => (error ? document.getElementById("note")?.focus() : onGo());
  const acts = { go: m.cancel, wait: m.inFlightCancel, back: m.keepIt, grave: true };
  return (
    <Last title={m.confirmCancel} acts={acts} first="back" {...ask} onGo={go}>
      <p>{m.cancelling(title, people, when)}</p>
      <Leaf start={start} minutes={minutes} hostZone={hostZone} />
      <TextField
        id="note"
        label={m.reasonAsked}
        hint={m.reasonHint}
        value={reason}
        error={error}
        onType={onReason}
      />
    </Last>
  );
}

type Acts = {
  readonly go: string;
  readonly wait: string;
  readonly back: string;
  readonly grave?: boolean;
};

type LastProps = AskProps & {
  readonly title: string;
  readonly acts: Acts;
  /** Where the focus begins: what cannot be undone is not one careless Enter away. */
  readonly first: "go" | "back";
  readonly children: ComponentChildren;
};

function Last({ title, acts, first, sending, trouble, onGo, onBack, children }: LastProps) {
  const { t } = useManageWords();
  const focused = useRef<HTMLButtonElement>(null);
  useEffect(() => focused.current?.focus(), []);
  const go = trouble ? t.tryAgain : acts.go;
  const safe = trouble?.kind === "unreachable" ? [t.nothingSentTwice] : [];
  return (
    <Dialog label="last-title" held={sending} onClose={onBack}>
      <div class="stack">
        <h2 id="last-title">{title}</h2>
        {children}
        {trouble && <SendTrouble trouble={trouble} more={safe} />}
        <div class="acts">
          <button
            type="button"
            class={acts.grave ? "button primary grave" : "button primary"}
            aria-disabled={sending}
            onClick={onGo}
            ref={first === "go" ? focused : null}
          >
            {sending ? acts.wait : go}
          </button>
          <button
            type="button"
            class="button"
            aria-disabled={sending}
            onClick={() => sending || onBack()}
            ref={first === "back" ? focused : null}
          >
            {acts.back}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
