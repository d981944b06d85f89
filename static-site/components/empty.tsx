import type { MeetingType } from "../lib/api";
import { nextFree } from "../lib/journey";
import { covers, freeDates, type Listing, slotsOn } from "../lib/listing";
import {
  firstOfMonth,
  formatDay,
  formatMonth,
  type Instant,
  lastOfMonth,
  type PlainDate,
} from "../lib/plain-date";
import { Notice } from "./notice";
import { sayDayAndTime, useWords, type Words } from "./words";

type EmptyProps = {
  readonly meetingType: MeetingType;
  readonly listing: Listing;
  /** The day that was asked for, or that stands for the month that is seen. */
  readonly date: PlainDate | undefined;
  readonly focused: PlainDate;
  readonly onNext: (slot: Instant) => void;
};

/** Nothing is free where the guest looks: says so, why if it can be told, and where to look instead. */
export function Empty({ meetingType, listing, date, focused, onNext }: EmptyProps) {
  const words = useWords();
  const { t } = words;
  const what = emptiness(words, listing, date, focused);
  if (!what) return null;
  const next = nextFree(listing, what.until);
  const act = next && (
    <button type="button" class="button primary figures" onClick={() => onNext(next)}>
      {t.nextFree(sayDayAndTime(words, next))}
    </button>
  );
  // A free day among the empty ones needs no reason; the end of what can be booked does.
  const isLast = !freeDates(listing).some((free) => free > what.until);
  const reasons = [next ? "" : t.nothingAtAll.text, isLast ? why(meetingType, words) : ""];
  return (
    <Notice title={next ? what.title : t.nothingAtAll.title} acts={act}>
      {reasons.join(" ").trim()}
    </Notice>
  );
}

type Emptiness = { readonly title: string; readonly until: PlainDate };

function emptiness(
  { t, locale, nowMs }: Words,
  listing: Listing,
  date: PlainDate | undefined,
  focused: PlainDate,
): Emptiness | undefined {
  const [from, to] = [firstOfMonth(focused), lastOfMonth(focused)];
  const inMonth = freeDates(listing).some((free) => from <= free && free <= to);
  if (
    date !== undefined &&
    covers(listing, date) &&
    slotsOn(listing, date).length === 0 &&
    from <= date &&
    date <= to
  ) {
    return { title: t.nothingOn(formatDay(date, locale, nowMs)), until: date };
  }
  const known = covers(listing, to) || freeDates(listing).length === 0;
  return inMonth || !known ? undefined : { title: t.nothingIn(formatMonth(focused, locale)), until: to };
}

const DAY_MINUTES = 24 * 60;

function why({ window, hosts, min_notice_minutes }: MeetingType, { t, locale, nowMs }: Words): string {
  const day = (date: PlainDate) => formatDay(date, locale, nowMs);
  const notice = min_notice_minutes >= DAY_MINUTES ? t.windowNotice(min_notice_minutes, hosts.length) : "";
  switch (window.kind) {
    case "rolling":
      return `${t.windowRolling(window.days, hosts.length)} ${notice}`;
    case "fixed":
      return `${t.windowFixed(day(window.from), day(window.to), hosts.length)} ${notice}`;
    case "open":
      return notice;
  }
}
