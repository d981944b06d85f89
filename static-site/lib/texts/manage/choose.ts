import type { Catalogue, Lang } from "../catalogue";
import type { ManageCatalogue } from "./catalogue";
import { manageDe } from "./de";
import { manageEn } from "./en";

/** The words of the manage page in a language; the pseudo language loads only when asked for. */
export function manageTextsOf(lang: Lang): ManageCatalogue | Promise<ManageCatalogue> {
  if (lang === "en-XB") return import("../pseudo").then(({ pseudoOf }) => pseudoOf(manageEn));
  return lang === "de" ? manageDe : manageEn;
}

/** The words of every page, with those that the manage page says otherwise. */
export function adapted(t: Catalogue, { instead }: ManageCatalogue): Catalogue {
  return { ...t, ...instead, problems: { ...t.problems, ...instead.problems } };
}
