import type { MeetingType, Reply } from "../lib/api";
import type { ManageApi } from "../lib/manage-api";
import type { Place } from "../lib/managing";
import type { Zone } from "../lib/plain-date";
import type { Catalogue } from "../lib/texts/catalogue";
import type { Choice } from "../lib/texts/choose";
import type { ManageCatalogue } from "../lib/texts/manage/catalogue";
import type { Trail } from "../page/trail";

/** All that the page gets from the world around it. */
export type Outside = {
  readonly api: ManageApi;
  readonly meetingType: (slug: string) => Promise<Reply<MeetingType>>;
  readonly texts: Catalogue;
  readonly manageTexts: ManageCatalogue;
  readonly language: Choice;
  /** Where the device says that it is. */
  readonly zone: Zone | undefined;
  readonly supportedZones: () => readonly Zone[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A key that nobody had before. */
  readonly freshKey: () => string;
  readonly trail: Trail<Place>;
};
