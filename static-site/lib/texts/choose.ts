// Which language a guest reads, and how dates are written in it.

import type { Catalogue, Dir, Lang } from "./catalogue";
import { de } from "./de";
import { en } from "./en";

export type Choice = {
  readonly lang: Lang;
  /** The tag for dates and for the guest's letters. */
  readonly locale: string;
  readonly dir: Dir;
  /** The guest's own first language, spoken here or not: for the clock and the first day of the week. */
  readonly habits: string;
};

/** The parameter wins over what the browser wants; what nobody here speaks is read in English. */
export function chooseLanguage(wanted: readonly string[], param?: string): Choice {
  const asked = tags(param ? [param] : []);
  const own = tags(wanted);
  const locale = [...asked, ...own].find(isSpoken) ?? "en-GB";
  const [first = locale] = [...asked.filter(isSpoken), ...own];
  const lang = langOf(locale);
  if (lang === "en-XB") return { lang, locale: "en-GB", dir: "rtl", habits: "en-GB" };
  return { lang, locale: british(locale), dir: "ltr", habits: british(first) };
}

/** The words of a language. The pseudo language is for trying out the page and loads only when asked for. */
export function textsOf(lang: Lang): Catalogue | Promise<Catalogue> {
  if (lang === "en-XB") return import("./pseudo").then(({ pseudo }) => pseudo);
  return lang === "de" ? de : en;
}

/** Tags that are none are left out; so are long ones, which the server would refuse. */
function tags(wanted: readonly string[]): string[] {
  return wanted
    .flatMap((tag) => canonical(tag.trim().replaceAll("_", "-")))
    .filter((tag) => tag.length <= 35);
}

function canonical(tag: string): string[] {
  try {
    return Intl.getCanonicalLocales(tag);
  } catch {
    return [];
  }
}

function isSpoken(tag: string): boolean {
  return /^(en|de)(-|$)/.test(tag);
}

function langOf(tag: string): Lang {
  return tag === "en-XB" ? "en-XB" : tag.startsWith("de") ? "de" : "en";
}

/** English without a country puts the day before the month, as our letters do. */
function british(tag: string): string {
  return tag === "en" ? "en-GB" : tag;
}
