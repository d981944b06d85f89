// A link may ask for one host of several; the page then speaks of nobody else.

import type { MeetingType } from "./api";

/** A meeting type as a guest sees it. */
export type Shown = MeetingType & {
  /** Whether its host was asked for among several. The zone that it tells need not be theirs. */
  readonly chosenHost?: true;
};

/** Only where one of several takes the meeting there is a choice; all of them together stay all of them. */
export function withHost(meetingType: MeetingType, host: string | undefined): Shown {
  const { hosts, mode } = meetingType;
  const chosen = mode === "round_robin" && hosts.length > 1 ? hosts.filter(({ id }) => id === host) : [];
  return chosen.length === 1 ? { ...meetingType, hosts: chosen, chosenHost: true } : meetingType;
}
