// What the holder of a manage link does with the booking: one value, and what each act makes of it.

import { afterChoosing, type Choosing, type ChoosingAct } from "./choosing";
import type { Intent } from "./intent";
import { isProblem, passes, type Trouble } from "./journey";
import type { CancelRequest, Managed, Moved } from "./manage-api";
import { dateOf, epoch, type Instant } from "./plain-date";

/** What is sent to change the booking. */
export type Change =
  | { readonly kind: "move"; readonly body: Moved }
  | { readonly kind: "cancel"; readonly body: CancelRequest };

/** What has just come about, for the page that says so. */
export type Done =
  | { readonly kind: "moved"; readonly from: Instant | undefined }
  | { readonly kind: "cancelled" };

export type Managing = Choosing & {
  /** The booking itself, or the times it could be moved to. */
  readonly step: "show" | "move";
  /** The booking as it was known last. */
  readonly managed?: Managed | undefined;
  /** Which last word is asked for. */
  readonly asking?: Change["kind"] | undefined;
  /** Why the booking is to be cancelled, as it was typed. */
  readonly reason: string;
  readonly sending: boolean;
  readonly trouble?: Trouble | undefined;
  readonly intent?: Intent<Change> | undefined;
  readonly done?: Done | undefined;
  /** What the booking became while it was looked at: in another tab, or by somebody else. */
  readonly surprise?: Managed | undefined;
};

/** What the browser's history keeps of the page. */
export type Place = { readonly step: Managing["step"] };

export type Act =
  | ChoosingAct
  | { readonly kind: "read"; readonly managed: Managed }
  | { readonly kind: "chosen"; readonly slot: Instant }
  | { readonly kind: "cancelling" }
  | { readonly kind: "reasoned"; readonly reason: string }
  | { readonly kind: "closed" }
  | { readonly kind: "sent"; readonly intent: Intent<Change> }
  | { readonly kind: "troubled"; readonly trouble: Trouble }
  | { readonly kind: "changed"; readonly managed: Managed }
  | { readonly kind: "went"; readonly place: Place };

export function begin(start: Choosing & Partial<Managing>): Managing {
  return { step: "show", reason: "", sending: false, ...start };
}

export function after(managing: Managing, act: Act): Managing {
  switch (act.kind) {
    case "read":
      return read(managing, act.managed);
    case "chosen":
      return { ...managing, ...chosen(act.slot), asking: "move", trouble: undefined };
    case "cancelling":
      return { ...managing, asking: "cancel", trouble: undefined };
    case "reasoned":
      return { ...managing, reason: act.reason };
    case "closed":
      return { ...managing, asking: undefined, trouble: undefined };
    case "sent":
      // What went wrong before stays in sight until there is an answer, so that no button moves under a second click.
      return { ...managing, intent: act.intent, sending: true };
    case "troubled":
      return troubled(managing, act.trouble);
    case "changed":
      return changed(managing, act.managed);
    case "went":
      return { ...calm(managing), step: act.place.step };
    default:
      return afterChoosing(managing, act);
  }
}

function chosen(slot: Instant): Pick<Choosing, "slot" | "date" | "focused"> {
  const date = dateOf(slot);
  return { slot, date, focused: date };
}

/** Nothing is asked, nothing is announced. */
function calm(managing: Managing): Managing {
  return { ...managing, asking: undefined, trouble: undefined, done: undefined, surprise: undefined };
}

/**
 * An answer to "how does it stand". The first time the page turns to the zone of the booking. Later one may say that
 * the booking became another: then no dialog may go on asking about the one there was.
 */
function read(managing: Managing, managed: Managed): Managing {
  const known = managing.managed;
  if (!known) return { ...managing, managed, zone: managed.booking.time_zone };
  if (managing.sending || managed.booking.revision < known.booking.revision) return managing;
  if (isSame(known, managed)) return { ...managing, managed };
  return { ...calm(managing), managed, surprise: managed, slot: undefined };
}

function isSame({ booking: one }: Managed, { booking: other }: Managed): boolean {
  return one.revision === other.revision && one.state === other.state;
}

/** The dialog stays open for what passes by itself, so that one click tries the same request again. */
function troubled(managing: Managing, trouble: Trouble): Managing {
  const intent = isProblem(trouble, "idempotency-key-reused") ? undefined : managing.intent;
  const asking = passes(trouble) ? managing.asking : undefined;
  return { ...managing, sending: false, asking, trouble, intent };
}

/** The booking after a change, which others may have overtaken: then what it became is all there is to say. */
function changed(managing: Managing, managed: Managed): Managing {
  const done = doneBy(managing, managed);
  const fresh = {
    ...calm(managing),
    step: "show" as const,
    sending: false,
    intent: undefined,
    slot: undefined,
  };
  return {
    ...fresh,
    managed,
    done,
    surprise: done ? undefined : managed,
    reason: done ? "" : managing.reason,
  };
}

function doneBy({ intent, managed: before }: Managing, { booking }: Managed): Done | undefined {
  const change = intent?.body;
  if (change?.kind === "cancel") {
    return booking.cancelled?.by === "attendee" ? { kind: "cancelled" } : undefined;
  }
  const isOn = booking.state === "confirmed" || booking.state === "pending";
  if (!change || !isOn || epoch(booking.start) !== epoch(change.body.start)) return undefined;
  // A tab that lagged behind does not know from where it was moved.
  const isNext = before && booking.revision === before.booking.revision + 1;
  return { kind: "moved", from: isNext ? before.booking.start : undefined };
}

/** Where a booking is in its life, for a reader. */
export type Standing = "confirmed" | "pending" | "begun" | "over" | "cancelled" | "declined";

/** The server says whether it can be changed; whether it has begun is read from the clock. */
export function standingOf({ booking, may }: Managed, nowMs: number): Standing {
  const { state, start, end } = booking;
  if (state === "cancelled" || state === "declined") return state;
  if (may.cancel || may.reschedule || nowMs < epoch(start)) return state;
  return nowMs < epoch(end) ? "begun" : "over";
}

/** What is left to be done: `late` inside the cut-off, `fixed` where it can be cancelled but not moved. */
export type Room = "open" | "fixed" | "late" | "none";

export function roomOf(managed: Managed, nowMs: number): Room {
  const { cancel, reschedule } = managed.may;
  if (reschedule) return "open";
  if (cancel) return "fixed";
  const standing = standingOf(managed, nowMs);
  return standing === "confirmed" || standing === "pending" ? "late" : "none";
}

/** Whether a start, for so long, is where the booking stands already. */
export function isPresent({ booking }: Managed, slot: Instant, minutes: number): boolean {
  const { start, end } = booking;
  return epoch(slot) === epoch(start) && epoch(end) - epoch(start) === minutes * 60_000;
}
