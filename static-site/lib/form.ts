// What a guest has typed: checked as the server will check it, and made into a request.

import type { BookingRequest, MeetingType, Problem, ProblemError, Question, SourceRequest } from "./api";
import { ANSWER_MAX, EMAIL_MAX, GUESTS_MAX, LONG_ANSWER_MAX, NAME_MAX, NOTE_MAX, PHONE_MAX } from "./limits";
import type { Instant, Zone } from "./plain-date";
import type { Catalogue, UnseenPart } from "./texts/catalogue";
import * as typed from "./typed";

export type Draft = {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  /** One or more addresses. */
  readonly guests: string;
  readonly note: string;
  readonly answers: Readonly<Record<string, string | boolean>>;
};

export type FieldId = "name" | "email" | "phone" | "guests" | "note" | `answer-${string}`;
export type FieldError = { readonly field: FieldId; readonly message: string };

export type Wish = {
  readonly meetingType: MeetingType;
  readonly start: Instant;
  readonly duration: number;
  readonly zone: Zone;
  readonly locale: string;
  readonly draft: Draft;
  readonly source?: SourceRequest | undefined;
  readonly host?: string | undefined;
};

// More of the server's limits, for what nobody types.
const MARKS_MAX = 10;
const MARK_MAX = 200;
const PAGE_MAX = 2000;

/** Everything that the server would refuse, in the order of the page. What it would take is never refused here. */
export function check(draft: Draft, meetingType: MeetingType, texts: Catalogue): FieldError[] {
  const found: [FieldId, string | undefined][] = [
    ["name", checkName(typed.line(draft.name), texts)],
    ["email", checkEmail(typed.emailAddress(draft.email), texts)],
    ["phone", checkPhone(typed.phoneNumber(draft.phone), texts)],
    ...meetingType.questions.map((question): [FieldId, string | undefined] => [
      `answer-${question.id}`,
      checkAnswer(question, answerTo(question, draft), texts),
    ]),
    ["guests", checkGuests(draft.guests, texts)],
    ["note", tooLong(typed.paragraphs(draft.note), NOTE_MAX, texts)],
  ];
  return found.flatMap(([field, message]) => (message === undefined ? [] : [{ field, message }]));
}

/** The request of a draft that passed the check. Optional fields that are empty are left out. */
export function toRequest(wish: Wish): BookingRequest {
  const { meetingType, start, duration, zone, locale, draft, host } = wish;
  const guests = guestsIn(draft.guests);
  const answers = answersIn(draft, meetingType.questions);
  const source = sourceOf(wish.source);
  return {
    meeting_type: meetingType.slug,
    start,
    duration_minutes: duration,
    time_zone: zone,
    locale,
    attendee: attendeeIn(draft),
    ...(guests.length ? { guests } : {}),
    ...(Object.keys(answers).length ? { answers } : {}),
    ...given("note", typed.paragraphs(draft.note)),
    ...(source ? { source } : {}),
    ...given("host", host ?? ""),
  };
}

/** The field that a server's pointer means; `undefined` for what is not typed in a field. */
export function fieldOf(pointer: string): FieldId | undefined {
  const [, top, name] = pointer.split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (top === "attendee" && (name === "name" || name === "email" || name === "phone")) return name;
  if (top === "answers" && name) return `answer-${name}`;
  return top === "guests" || top === "note" ? top : undefined;
}

/** A server's problem, sorted: what stands at a field, once, and what belongs into the summary. */
export function sortErrors(
  problem: Problem,
  meetingType: MeetingType,
  texts: Catalogue,
): { readonly fields: readonly FieldError[]; readonly general: readonly string[] } {
  const fields = new Map<FieldId, Set<string>>();
  const general = new Set<string>();
  for (const error of problem.errors ?? []) {
    const field = fieldOf(error.pointer);
    if (field === undefined || !isOnPage(field, meetingType)) general.add(unseen(error.pointer, texts));
    else {
      const said = fields.get(field) ?? new Set();
      fields.set(field, said.add(wordsFor(error, field, meetingType, texts)));
    }
  }
  const all = [...fields].map(([field, said]) => ({ field, message: [...said].join(" ") }));
  return { fields: all, general: [...general] };
}

/** What a guest can do about what nobody types: it came with the address, or changed while the page stood open. */
function unseen(pointer: string, texts: Catalogue): string {
  const [, top = ""] = pointer.split("/");
  return Object.hasOwn(texts.unseen, top) ? texts.unseen[top as UnseenPart] : texts.unseen.other;
}

/** The addresses in a text, each once, with their names where they were given as `Ada <ada@example.org>`. */
export function guestsIn(text: string): { readonly email: string; readonly name?: string }[] {
  const seen = new Map<string, { email: string; name?: string }>();
  for (const piece of text.split(/[,;\r\n]+/)) {
    const [, name = "", address] = /^(.*)<([^<>]*)>\s*$/.exec(piece) ?? [];
    const named = address === undefined ? piece.split(/\s+/) : [address];
    for (const email of named.map(typed.emailAddress).filter(Boolean)) {
      if (!seen.has(email.toLowerCase()))
        seen.set(email.toLowerCase(), { email, ...given("name", bare(name)) });
    }
  }
  return [...seen.values()];
}

/** A name without the quotes that mail programs put around it, and no longer than the server takes. */
function bare(name: string): string {
  return typed.line(typed.cut(typed.line(name).replace(/^"(.*)"$/, "$1"), NAME_MAX));
}

function checkName(name: string, texts: Catalogue): string | undefined {
  return name ? tooLong(name, NAME_MAX, texts) : texts.nameMissing;
}

function checkEmail(email: string, texts: Catalogue): string | undefined {
  if (!email) return texts.emailMissing;
  const long = tooLong(email, EMAIL_MAX, texts);
  return long ?? (typed.isEmailAddress(email) ? undefined : texts.emailShape);
}

function checkPhone(phone: string, texts: Catalogue): string | undefined {
  if (!phone) return undefined;
  return tooLong(phone, PHONE_MAX, texts) ?? (typed.isPhoneNumber(phone) ? undefined : texts.phoneShape);
}

function checkGuests(text: string, texts: Catalogue): string | undefined {
  const guests = guestsIn(text);
  const odd = guests.find(({ email }) => !typed.isEmailAddress(email));
  if (odd) return texts.guestShape(odd.email);
  return guests.length > GUESTS_MAX ? texts.guestsTooMany(GUESTS_MAX, guests.length) : undefined;
}

function checkAnswer(question: Question, said: string | boolean, texts: Catalogue): string | undefined {
  const { kind, required } = question;
  if (typeof said === "boolean" || !said) {
    return required && !said ? answerMissing(kind, texts) : undefined;
  }
  const long = tooLong(said, kind === "long_text" ? LONG_ANSWER_MAX : ANSWER_MAX, texts);
  return long ?? (fits(question, said) ? undefined : unfit(kind, texts));
}

function fits({ kind, choices }: Question, said: string): boolean {
  if (kind === "phone") return typed.isPhoneNumber(said);
  if (kind === "url") return typed.isWebAddress(said);
  return kind !== "choice" || !choices || choices.includes(said);
}

function unfit(kind: Question["kind"], texts: Catalogue): string | undefined {
  if (kind === "phone") return texts.phoneShape;
  if (kind === "url") return texts.answerUrl;
  return kind === "choice" ? texts.answerChoice : undefined;
}

function tooLong(text: string, most: number, texts: Catalogue): string | undefined {
  const length = typed.count(text);
  return length > most ? texts.tooLong(most, length) : undefined;
}

/** An answer as it will be sent. A box that nobody touched is not ticked. */
function answerTo({ id, kind }: Question, { answers }: Draft): string | boolean {
  const said = Object.hasOwn(answers, id) ? answers[id] : undefined;
  if (kind === "checkbox") return said === true;
  if (typeof said !== "string") return "";
  if (kind === "long_text") return typed.paragraphs(said);
  if (kind === "phone") return typed.phoneNumber(said);
  return kind === "url" ? typed.webAddress(said) : typed.line(said);
}

function answersIn(draft: Draft, questions: readonly Question[]): Record<string, string | boolean> {
  const all = questions.map((question): [string, string | boolean] => [
    question.id,
    answerTo(question, draft),
  ]);
  return Object.fromEntries(all.filter(([, said]) => said !== ""));
}

function attendeeIn(draft: Draft): BookingRequest["attendee"] {
  const phone = typed.phoneNumber(draft.phone);
  return { name: typed.line(draft.name), email: typed.emailAddress(draft.email), ...given("phone", phone) };
}

/** Where a guest came from must never be why a booking is refused, so it is cut to what the server takes. */
function sourceOf(source: SourceRequest | undefined): SourceRequest | undefined {
  const short = (text: string | null | undefined, most: number) =>
    typed.line(typed.cut(typed.line(text ?? ""), most));
  const marks = Object.entries(source?.utm ?? {}).map(([name, value]) => [
    short(name, MARK_MAX),
    short(value, MARK_MAX),
  ]);
  const utm = Object.fromEntries(marks.filter(([name, value]) => name && value).slice(0, MARKS_MAX));
  const kept = {
    ...given("form_id", short(source?.form_id, MARK_MAX)),
    ...given("page", short(source?.page, PAGE_MAX)),
    ...given("referrer", short(source?.referrer, PAGE_MAX)),
    ...(Object.keys(utm).length ? { utm } : {}),
  };
  return Object.keys(kept).length ? kept : undefined;
}

function given<N extends string>(name: N, text: string): { readonly [K in N]?: string } {
  return (text ? { [name]: text } : {}) as { readonly [K in N]?: string };
}

function isOnPage(field: FieldId, { questions }: MeetingType): boolean {
  return !field.startsWith("answer-") || questions.some(({ id }) => field === `answer-${id}`);
}

/** Our own words for what the server says of a field; where we have none, its own. */
function wordsFor(error: ProblemError, field: FieldId, meetingType: MeetingType, texts: Catalogue): string {
  const question = meetingType.questions.find(({ id }) => field === `answer-${id}`);
  switch (error.code) {
    case "required":
    case "empty":
      return missing(field, question, texts) ?? inFull(error, field, question, texts);
    case "too_long":
      return texts.tooLongSomewhere;
    case "too_many":
      return field === "guests" ? texts.guestsTooMany(GUESTS_MAX) : inFull(error, field, question, texts);
    case "control_characters":
      return texts.hiddenCharacters;
    case "not_offered":
      return texts.answerChoice;
    case "format":
      return malformed(field, question, texts) ?? inFull(error, field, question, texts);
    default:
      return inFull(error, field, question, texts);
  }
}

function missing(field: FieldId, question: Question | undefined, texts: Catalogue): string | undefined {
  if (question) return answerMissing(question.kind, texts);
  if (field === "name") return texts.nameMissing;
  return field === "email" ? texts.emailMissing : field === "guests" ? texts.emailShape : undefined;
}

/** A kind that a later server asks for is a line of text here. */
function answerMissing(kind: Question["kind"], texts: Catalogue): string {
  return Object.hasOwn(texts.answerMissing, kind) ? texts.answerMissing[kind] : texts.answerMissing.text;
}

function malformed(field: FieldId, question: Question | undefined, texts: Catalogue): string | undefined {
  if (question) return unfit(question.kind, texts);
  if (field === "phone") return texts.phoneShape;
  return field === "email" || field === "guests" ? texts.emailShape : undefined;
}

function inFull(
  { detail }: ProblemError,
  field: FieldId,
  question: Question | undefined,
  texts: Catalogue,
): string {
  return texts.serverSays(question?.label ?? labelOf(field, texts), detail);
}

function labelOf(field: FieldId, { name, email, phone, guests, note }: Catalogue): string {
  const labels: Readonly<Record<string, string>> = { name, email, phone, guests, note };
  return labels[field] ?? field;
}
