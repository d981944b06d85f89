// A guest's way through the booking page: one value, and what each act makes of it.

import type { BookingRequest, CreatedBooking, Problem, Reply } from "./api";
import { afterChoosing, type Choosing, type ChoosingAct, respelled } from "./choosing";
import type { Draft, FieldError } from "./form";
import { firstFree, freeDates, type Listing, slotsOn } from "./listing";
import { dateOf, epoch, type Instant, type PlainDate, type Zone } from "./plain-date";
import { isSame } from "./same";

/** Why there is no answer that helps. */
export type Trouble = Exclude<Reply<never>, { readonly kind: "ok" }>;

/** What stands at a field, and what belongs to none. */
export type Errors = { readonly fields: readonly FieldError[]; readonly general: readonly string[] };

export const noErrors: Errors = { fields: [], general: [] };

export type Journey = Choosing & {
  readonly step: "choose" | "form" | "booked";
  readonly host?: string | undefined;
  /** What was typed. Until then it is what the address filled in. */
  readonly draft?: Draft | undefined;
  readonly errors: Errors;
  /** Whether the dialog asks for the last word. */
  readonly asking: boolean;
  readonly sending: boolean;
  /** What is being sent from the dialog that is open. */
  readonly wanted?: BookingRequest | undefined;
  readonly trouble?: Trouble | undefined;
  /** Whether something was sent, by the time of that trouble, of which nobody knows what became of it. */
  readonly open?: boolean;
  /** A request that turned out to be refused after its dialog was gone. */
  readonly missed?: Missed | undefined;
  /** Whether what was booked is a request from before the one that was meant last. */
  readonly earlier?: boolean | undefined;
  /** The last booking that was made here. */
  readonly created?: CreatedBooking | undefined;
};

export type Missed = { readonly start: Instant; readonly trouble: Trouble };

/** What the guest had chosen to look at, for whoever loads the page again. */
type Chosen = { readonly zone?: Zone | undefined; readonly duration?: number | undefined };

/** What the browser's history keeps of the page, so that Back, Forward and reload find it again. */
export type Place =
  | ({ readonly step: "choose" } & Chosen)
  | ({ readonly step: "form"; readonly slot: Instant; readonly zone: Zone } & Chosen)
  | { readonly step: "booked"; readonly created: CreatedBooking };

export type Act =
  | ChoosingAct
  | { readonly kind: "host-dropped" }
  | { readonly kind: "chosen"; readonly slot: Instant }
  | { readonly kind: "went"; readonly place: Place }
  | { readonly kind: "typed"; readonly draft: Draft }
  | { readonly kind: "checked"; readonly errors: readonly FieldError[] }
  | { readonly kind: "closed" }
  | { readonly kind: "sent"; readonly body: BookingRequest }
  | Troubled
  | { readonly kind: "booked"; readonly created: CreatedBooking; readonly earlier: boolean };

type Troubled = {
  readonly kind: "troubled";
  /** What was wanted when this went wrong. */
  readonly body: BookingRequest;
  readonly trouble: Trouble;
  readonly errors: Errors;
  readonly open: boolean;
};

export function after(journey: Journey, act: Act): Journey {
  switch (act.kind) {
    case "zone":
      return {
        ...afterChoosing(journey, act),
        trouble: journey.trouble && troubleIn(journey.trouble, act.zone),
      };
    case "host-dropped":
      return { ...journey, host: undefined };
    case "chosen":
      return { ...chosen(journey, act.slot), trouble: undefined };
    case "went":
      return went(journey, act.place);
    case "typed":
      return { ...journey, draft: act.draft };
    case "checked":
      return checked(journey, act.errors);
    case "closed":
      return { ...journey, asking: false, trouble: undefined };
    case "sent":
      // What went wrong before stays in sight until there is an answer, so that no button moves under a second click.
      return { ...journey, wanted: act.body, sending: true, missed: undefined };
    case "troubled":
      return troubled(journey, act);
    case "booked":
      return booked(journey, act.created, act.earlier);
    default:
      return afterChoosing(journey, act);
  }
}

export function begin(journey: Pick<Journey, "zone" | "hourCycle"> & Partial<Journey>): Journey {
  return { step: "choose", errors: noErrors, asking: false, sending: false, ...journey };
}

/** What is complete leads on to the dialog. */
function checked(journey: Journey, fields: readonly FieldError[]): Journey {
  return { ...journey, errors: { fields, general: [] }, asking: fields.length === 0, trouble: undefined };
}

function chosen(journey: Journey, slot: Instant): Journey {
  const date = dateOf(slot);
  return { ...journey, step: "form", slot, date, focused: date };
}

function troubleIn(trouble: Trouble, zone: Zone): Trouble {
  if (trouble.kind !== "problem" || !trouble.problem.alternatives) return trouble;
  const alternatives = trouble.problem.alternatives.map((near) => respelled(near, zone));
  return { ...trouble, problem: { ...trouble.problem, alternatives } };
}

function went(journey: Journey, place: Place): Journey {
  const calm = {
    ...journey,
    step: place.step,
    asking: false,
    sending: false,
    wanted: undefined,
    trouble: undefined,
    errors: noErrors,
    earlier: undefined,
  };
  if (place.step === "form") {
    // The history keeps a time as it was read when it was chosen, and the zone may be another by now.
    return chosen(calm, place.zone === calm.zone ? place.slot : respelled(place.slot, calm.zone));
  }
  if (place.step === "choose") return calm;
  return { ...calm, created: place.created };
}

/** However late the answer comes, and wherever the guest has gone meanwhile. */
function booked(journey: Journey, created: CreatedBooking, earlier: boolean): Journey {
  const there = went(journey, { step: "booked", created });
  return { ...there, earlier, missed: undefined, draft: undefined, slot: undefined };
}

/**
 * The dialog stays open for what passes by itself, so that one click tries the same request again. What has to be
 * changed is said at the form, where it can be. An answer whose dialog is gone belongs to no other time's form: that
 * it was refused is told by itself, if that is certain.
 */
function troubled(journey: Journey, { body, trouble, errors, open }: Troubled): Journey {
  if (!isSame(body, journey.wanted)) {
    return open ? journey : { ...journey, missed: { start: body.start, trouble } };
  }
  const asking = journey.asking && passes(trouble);
  return { ...journey, wanted: undefined, sending: false, asking, trouble, errors, open };
}

/** Whether the same request may succeed a little later. */
export function passes(trouble: Trouble): boolean {
  return trouble.kind === "unreachable" || trouble.problem.status >= 429;
}

export function isProblem(trouble: Trouble, name: string): trouble is Extract<Trouble, { kind: "problem" }> {
  return trouble.kind === "problem" && nameOf(trouble.problem) === name;
}

/** "slot-taken" of "/problems/slot-taken". */
export function nameOf(problem: Problem): string {
  return problem.type.slice(problem.type.lastIndexOf("/") + 1);
}

/** Whether this part of the question was refused, and not the question as a whole. */
export function refuses(trouble: Trouble | undefined, parameter: string): boolean {
  if (!trouble || !isProblem(trouble, "invalid")) return false;
  return (trouble.problem.errors ?? []).some(({ pointer }) => pointer === parameter);
}

/** A slot as the list spells it: the same instant, in the zone that is read now. */
export function listed(listing: Listing, slot: Instant): Instant | undefined {
  const at = epoch(slot);
  for (const slots of listing.days.values()) {
    const same = slots.find((one) => epoch(one) === at);
    if (same !== undefined) return same;
  }
  return undefined;
}

/** The first free time after a date; where there is none, the first of all. */
export function nextFree(listing: Listing, date: PlainDate): Instant | undefined {
  const later = freeDates(listing).find((free) => free > date);
  if (later !== undefined) return slotsOn(listing, later)[0];
  return listing.next ?? firstFree(listing);
}
