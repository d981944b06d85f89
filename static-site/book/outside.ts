import type { Api } from "../lib/api";
import type { Place } from "../lib/journey";
import type { TypedDraft } from "../lib/kept";
import type { Zone } from "../lib/plain-date";
import type { Prefill } from "../lib/prefill";
import type { Reader } from "../lib/shape";
import type { Catalogue } from "../lib/texts/catalogue";
import type { Choice } from "../lib/texts/choose";
import type { Kept } from "../page/kept";
import type { Trail } from "../page/trail";

/** All that the page gets from the world around it. */
export type Outside = {
  readonly api: Api;
  readonly slug: string;
  readonly prefill: Prefill;
  readonly texts: Catalogue;
  readonly language: Choice;
  readonly zone: Zone | undefined;
  readonly supportedZones: () => readonly Zone[];
  /** The address of this page without what it filled in, and the page before it. */
  readonly page: string;
  readonly referrer: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly freshKey: () => string;
  /** What outlives the page, but not the tab, by the name that it has at this meeting type. */
  readonly kept: <T>(name: string, isIt: Reader<T>) => Kept<T>;
  /** What was typed, for whoever loads the page again. */
  readonly draft: Kept<TypedDraft>;
  readonly trail: Trail<Place>;
};
