// A language nobody speaks, made from English when it is asked for: longer, accented, and read from right to left.
// What stays plain on the page was not in the catalogue; what breaks, breaks for Arabic and Hebrew too.

import type { Catalogue } from "./catalogue";
import { en } from "./en";

const PLAIN = "aceginorsuyACEGINORSUY";
const ACCENTED = "àçéĝîñöŕšüýÀÇÉĜÎÑÖŔŠÜÝ";
const [FROM_RIGHT, APART, END_APART, END] = ["\u202e", "\u2068", "\u2069", "\u202c"];

export const pseudo: Catalogue = { ...pseudoOf(en), lang: "en-XB", dir: "rtl" };

/** Any words of ours, made so. */
export function pseudoOf<T>(words: T): T {
  return changed(words) as T;
}

function changed(value: unknown): unknown {
  if (typeof value === "string") return value && wrapped(accented(value));
  if (typeof value === "function") return (...args: unknown[]) => filled(value(...args), args);
  const members = Object.entries(value as Record<string, unknown>);
  return Object.fromEntries(members.map(([name, member]) => [name, changed(member)]));
}

/** What was put into a sentence keeps its letters and its direction. */
function filled(sentence: string, args: readonly unknown[]): string {
  const given = args.flat().filter((arg): arg is string => typeof arg === "string" && arg !== "");
  const places = new RegExp(`(${given.map(escaped).join("|")})`);
  const parts = given.length ? sentence.split(places) : [sentence];
  const said = parts.map((part) => (given.includes(part) ? APART + part + END_APART : accented(part)));
  return sentence && wrapped(said.join(""));
}

function wrapped(text: string): string {
  return `${FROM_RIGHT}[${text}]${END}`;
}

function accented(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
