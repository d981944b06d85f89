// What a link to the page may fill in. Everything here is just text that somebody else wrote.

import type { MeetingType, Question } from "./api";
import type { Draft } from "./form";
import * as limits from "./limits";
import { isDate, type PlainDate, type Zone } from "./plain-date";
import { cut, line, paragraphs } from "./typed";

export type Prefill = {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly note: string;
  readonly guests: string;
  readonly date: PlainDate | undefined;
  /** "14:30", in the guest's zone. */
  readonly time: string | undefined;
  readonly duration: number | undefined;
  readonly zone: Zone | undefined;
  readonly lang: string | undefined;
  readonly host: string | undefined;
  /** By question; whether there is such a question is known later. */
  readonly answers: ReadonlyMap<string, string>;
  readonly utm: Readonly<Record<string, string>>;
};

const GUESTS_CHARS_MAX = limits.GUESTS_MAX * limits.EMAIL_MAX;

/** Reads the parameters of the page's address. Unknown ones are ignored, and of a repeated one the first counts. */
export function prefill(parameters: Iterable<readonly [string, string]>): Prefill {
  const given = [...parameters];
  const text = (...names: string[]) => given.find(([name]) => names.includes(name))?.[1] ?? "";
  const short = (most: number, ...names: string[]) => cut(line(text(...names)), most);
  const guests = given.filter(([name]) => name === "guests").map(([, value]) => value);
  return {
    name: short(limits.NAME_MAX, "name"),
    email: short(limits.EMAIL_MAX, "email"),
    phone: short(limits.PHONE_MAX, "phone"),
    note: cut(paragraphs(text("note")), limits.NOTE_MAX),
    guests: cut(line(guests.join(", ")), GUESTS_CHARS_MAX),
    date: matching(short(10, "date"), isDate),
    time: matching(short(5, "time"), (time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time)),
    duration: minutes(short(5, "duration")),
    zone: matching(short(64, "zone", "tz", "time_zone"), Boolean),
    lang: matching(short(35, "lang"), Boolean),
    host: matching(short(41, "host"), (id) => /^[a-z\d][a-z\d-]{0,39}$/.test(id)),
    answers: new Map(marked(given, /^a\.(.+)$/s)),
    utm: Object.fromEntries(marked(given, /^(utm_.+)$/s)),
  };
}

/** A draft to start from. */
export function draftOf(prefill: Prefill, { questions }: Pick<MeetingType, "questions">): Draft {
  const { name, email, phone, note, guests } = prefill;
  const answers = questions.flatMap((question) => {
    const said = answerTo(question, prefill.answers.get(question.id));
    return said === undefined ? [] : [[question.id, said] as const];
  });
  return { name, email, phone, note, guests, answers: Object.fromEntries(answers) };
}

/** A required box stands for a consent, and nobody else's link can give it. */
function answerTo(
  { kind, choices, required }: Question,
  said: string | undefined,
): string | boolean | undefined {
  if (said === undefined) return undefined;
  if (kind === "checkbox") return !required && /^(1|true|yes|on)$/i.test(said);
  if (kind === "long_text") return cut(paragraphs(said), limits.LONG_ANSWER_MAX);
  if (kind !== "choice") return cut(line(said), limits.ANSWER_MAX);
  return choices?.find((choice) => choice.toLowerCase() === line(said).toLowerCase());
}

/** Parameters that share the beginning of their names, the first of each name. */
function marked(given: readonly (readonly [string, string])[], shape: RegExp): [string, string][] {
  const found = given.flatMap(([name, value]): [string, string][] => {
    const [, rest] = shape.exec(name) ?? [];
    return rest ? [[rest, value]] : [];
  });
  return found.reverse();
}

function matching(text: string, fits: (text: string) => boolean): string | undefined {
  return fits(text) ? text : undefined;
}

function minutes(text: string): number | undefined {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined;
}
