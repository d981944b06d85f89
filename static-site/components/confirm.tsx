import { useEffect, useRef } from "preact/hooks";
import type { MeetingType } from "../lib/api";
import type { Trouble } from "../lib/journey";
import type { Instant } from "../lib/plain-date";
import { Dialog } from "./dialog";
import { Leaf } from "./leaf";
import { Place } from "./place";
import { SendTrouble } from "./send-trouble";
import { hostZoneOf, sayTime, sayWhen, useWords } from "./words";

type ConfirmProps = {
  readonly meetingType: MeetingType;
  readonly people: string;
  readonly slot: Instant;
  readonly minutes: number;
  readonly email: string;
  readonly sending: boolean;
  readonly trouble: Trouble | undefined;
  /** Whether something was sent of which nobody knows what became of it. */
  readonly open: boolean;
  readonly onBook: () => void;
  readonly onBack: () => void;
};

/** The last word: what, when, with whom and where, in the tense of what is about to happen. */
export function Confirm({ meetingType, people, slot, minutes, email, onBack, ...rest }: ConfirmProps) {
  const words = useWords();
  const { t } = words;
  const { title, location, requires_approval } = meetingType;
  const { trouble, open } = rest;
  const kept = trouble?.kind === "unreachable" ? [t.typedKept] : [];
  const sentence = requires_approval ? t.askingSentence : t.bookingSentence;
  return (
    <Dialog label="confirm-title" held={rest.sending} onClose={onBack}>
      <div class="stack">
        <h2 id="confirm-title">{requires_approval ? t.askTitle : t.confirmTitle}</h2>
        <p>{sentence(title, people, sayWhen(words, slot, minutes))}</p>
        <Leaf start={slot} minutes={minutes} hostZone={hostZoneOf(meetingType)} />
        <dl class="details">
          <div>
            <dt>{t.where}</dt>
            <dd>
              <Place location={location} told={false} />
            </dd>
          </div>
          <div>
            <dt>{t.email}</dt>
            <dd>
              <bdi>{email}</bdi>
            </dd>
          </div>
        </dl>
        {trouble && (
          <SendTrouble trouble={trouble} open={open} more={open ? [...kept, t.onceAtMost] : kept} />
        )}
        <Acts {...rest} slot={slot} approves={requires_approval} onBack={onBack} />
      </div>
    </Dialog>
  );
}

type ActsProps = Pick<ConfirmProps, "slot" | "sending" | "trouble" | "onBook" | "onBack"> & {
  readonly approves: boolean;
};

/** The button keeps the focus while the request is under way: it is only said to be out of use. */
function Acts({ slot, sending, trouble, approves, onBook, onBack }: ActsProps) {
  const words = useWords();
  const { t } = words;
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const wait = approves ? t.asking : t.booking;
  const go = trouble ? t.tryAgain : (approves ? t.ask : t.book)(sayTime(words, slot));
  return (
    <div class="acts">
      <button type="button" class="button primary" aria-disabled={sending} onClick={onBook} ref={first}>
        {sending ? wait : go}
      </button>
      <button type="button" class="button" aria-disabled={sending} onClick={() => sending || onBack()}>
        {t.back}
      </button>
    </div>
  );
}
