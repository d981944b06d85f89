import { expect, test } from "@playwright/test";
import * as dates from "./plain-date";

const AT = Date.UTC(2026, 2, 1, 12);

// What is read must not depend on where the browser stands, so everything here is asked from several corners.
for (const corner of ["America/Los_Angeles", "Europe/London", "Asia/Kathmandu"]) {
  test.describe(`in a browser in ${corner}`, () => {
    const home = process.env.TZ;
    test.beforeEach(() => {
      process.env.TZ = corner;
      expect(dates.browserZone()?.replace("Katmandu", "Kathmandu")).toBe(corner);
    });
    test.afterEach(() => {
      if (home === undefined) delete process.env.TZ;
      else process.env.TZ = home;
    });

    test("dates are counted by the calendar", countsDates);
    test("an instant is read from its own text", readsInstants);
    test("an end behind a change of the clocks has the new offset", endsBehindChanges);
    test("an instant is rewritten for another zone", rewritesInstants);
    test("words for days and times", saysTimes);
    test("a range names what changes on the way", saysRanges);
    test("readings that stand twice are told apart", tellsReadingsApart);
  });
}

function countsDates() {
  expect(dates.addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(dates.addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(dates.addDays("2026-03-08", 1)).toBe("2026-03-09");
  expect(dates.addDays("2026-11-02", -1)).toBe("2026-11-01");
  expect(dates.addDays("2026-11-22", 91)).toBe("2027-02-21");
  expect(dates.addMonths("2026-01-31", 1)).toBe("2026-02-28");
  expect(dates.addMonths("2026-11-15", 2)).toBe("2027-01-15");
  expect(dates.addMonths("2026-03-31", -1)).toBe("2026-02-28");
  expect(dates.firstOfMonth("2026-11-22")).toBe("2026-11-01");
  expect(dates.lastOfMonth("2028-02-10")).toBe("2028-02-29");
  expect(["2026-10-01", "2026-09-30", "2026-10-01"].sort(dates.compare)[0]).toBe("2026-09-30");
  expect(dates.compare("2026-10-01", "2026-10-01")).toBe(0);
}

function readsInstants() {
  const read = (instant: string) => [dates.dateOf(instant), dates.wallTime(instant), dates.offsetOf(instant)];
  const wall = (hour: number, minute: number) => ({ hour, minute });
  expect(read("2026-11-01T00:30:00-07:00")).toEqual(["2026-11-01", wall(0, 30), -420]);
  expect(read("2026-11-23T23:45:00+05:45")).toEqual(["2026-11-23", wall(23, 45), 345]);
  expect(read("2026-11-23T09:00:00Z")).toEqual(["2026-11-23", wall(9, 0), 0]);
  expect(dates.epoch("2026-11-23T09:00:00+05:45")).toBe(Date.UTC(2026, 10, 23, 3, 15));
}

function endsBehindChanges() {
  const end = (start: string, minutes: number, zone?: string) => dates.endOf(start, minutes, zone);
  // London loses the hour from 01:00 on, Los Angeles repeats the one before 02:00, Lord Howe half of one.
  expect(end("2026-03-29T00:45:00+00:00", 30, "Europe/London")).toBe("2026-03-29T02:15:00+01:00");
  expect(end("2026-11-01T01:45:00-07:00", 30, "America/Los_Angeles")).toBe("2026-11-01T01:15:00-08:00");
  expect(end("2026-04-05T01:45:00+11:00", 30, "Australia/Lord_Howe")).toBe("2026-04-05T01:45:00+10:30");
  expect(end("2026-11-23T23:45:00+05:45", 30, "Asia/Kathmandu")).toBe("2026-11-24T00:15:00+05:45");
  // Without a zone, with an unknown one, or where server and browser disagree, the offset stays.
  expect(end("2026-03-29T00:45:00+00:00", 30)).toBe("2026-03-29T01:15:00+00:00");
  expect(end("2026-03-29T00:45:00+00:00", 30, "Mars/Base")).toBe("2026-03-29T01:15:00+00:00");
  expect(end("2026-03-29T00:45:00-03:30", 30, "Europe/London")).toBe("2026-03-29T01:15:00-03:30");
}

function rewritesInstants() {
  const at = (instant: string, zone: string) => dates.inZone(instant, zone);
  expect(at("2026-11-23T09:00:00+00:00", "Asia/Kathmandu")).toBe("2026-11-23T14:45:00+05:45");
  expect(at("2026-11-23T09:00:00+00:00", "America/St_Johns")).toBe("2026-11-23T05:30:00-03:30");
  // Apia went over the date line and had no 30 December 2011.
  expect(at("2011-12-30T09:59:00Z", "Pacific/Apia")).toBe("2011-12-29T23:59:00-10:00");
  expect(at("2011-12-30T10:00:00Z", "Pacific/Apia")).toBe("2011-12-31T00:00:00+14:00");
  expect(at("2026-11-23T09:00:00Z", "Mars/Base")).toBeUndefined();
  expect(dates.today("Pacific/Kiritimati", Date.UTC(2026, 10, 23, 10))).toBe("2026-11-24");
  expect(dates.today("Pacific/Niue", Date.UTC(2026, 10, 23, 10))).toBe("2026-11-22");
  expect(dates.today("Mars/Base", Date.UTC(2026, 10, 23, 10))).toBe("2026-11-23");
}

function saysTimes() {
  expect(dates.formatTime("2026-03-03T14:30:00-08:00", "en-GB", "h23")).toBe("14:30");
  expect(dates.formatTime("2026-03-03T09:05:00+05:45", "de", "h23")).toBe("09:05");
  expect(dates.formatTime("2026-03-03T00:05:00+00:00", "en-GB", "h23")).toBe("00:05");
  expect(spaced(dates.formatTime("2026-03-03T00:05:00+00:00", "en-US", "h12"))).toBe("12:05 AM");
  expect(spaced(dates.formatTime("2026-03-03T12:00:00+00:00", "en-US", "h12"))).toBe("12:00 PM");
  expect(dates.formatDay("2026-03-03", "en-GB", AT)).toBe("Tuesday 3 March");
  expect(dates.formatDay("2026-03-03", "en-US", AT)).toBe("Tuesday, March 3");
  expect(dates.formatDay("2026-03-03", "de-AT", AT)).toBe("Dienstag, 3. März");
  expect(dates.formatDay("2027-03-03", "en-GB", AT)).toBe("Wednesday 3 March 2027");
  expect(dates.formatDay("2027-03-03", "de", AT)).toBe("Mittwoch, 3. März 2027");
  expect(dates.formatMonth("2026-03-31", "de")).toBe("März 2026");
  expect(dates.formatMonth("2026-03-01", "en-US-u-ca-buddhist")).toBe("March 2026");
  expect(dates.dateBlock("2026-03-03", "en-GB")).toEqual({
    weekday: "Tuesday",
    day: "3",
    month: "March 2026",
  });
}

function saysRanges() {
  const say = (start: string, minutes: number, locale: string, zone?: string) =>
    dates.formatWhen(start, minutes, locale, "h23", zone, AT);
  const start = "2026-03-03T14:30:00+00:00";
  expect(say(start, 30, "en-GB")).toBe("Tuesday 3 March, 14:30 to 15:00");
  expect(say(start, 30, "de")).toBe("Dienstag, 3. März, 14:30 bis 15:00 Uhr");
  const late = "2026-03-03T23:30:00+00:00";
  expect(say(late, 60, "en-GB")).toBe("Tuesday 3 March, 23:30 to Wednesday 4 March, 00:30");
  expect(say(late, 60, "de")).toBe("Dienstag, 3. März, 23:30 Uhr bis Mittwoch, 4. März, 00:30 Uhr");
  expect(say(late, 30, "en-GB")).toBe("Tuesday 3 March, 23:30 to Wednesday 4 March, 00:00");
  const fold = "2026-10-25T01:30:00+01:00";
  expect(say(fold, 60, "en-GB", "Europe/London")).toBe("Sunday 25 October, 01:30 BST to 01:30 GMT");
  expect(say("2026-10-25T02:30:00+02:00", 60, "de", "Europe/Berlin")).toBe(
    "Sonntag, 25. Oktober, 02:30 MESZ bis 02:30 MEZ",
  );
  expect(spaced(dates.formatTimeRange(start, 30, "en-US", "h12"))).toBe("2:30 PM to 3:00 PM");
  expect(spaced(dates.formatTimeRange(start, 30, "de", "h12"))).toBe("2:30 PM bis 3:00 PM");
  // The second day's year is said where the first day's is not the same.
  const lastNight = "2026-12-31T23:30:00+00:00";
  expect(say(lastNight, 60, "en-GB")).toBe("Thursday 31 December, 23:30 to Friday 1 January 2027, 00:30");
}

function tellsReadingsApart() {
  const night = ["2026-10-25T00:30:00+01:00", "2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00+00:00"];
  const say = (zone?: string) => dates.formatTimes(night, "en-GB", "h23", zone);
  expect(say("Europe/London")).toEqual(["00:30", "01:30 BST", "01:30 GMT"]);
  expect(say()).toEqual(["00:30", "01:30 UTC+1", "01:30 UTC"]);
  expect(say("Mars/Base")).toEqual(["00:30", "01:30 UTC+1", "01:30 UTC"]);
}

test("every zone's offset is what its wall clock shows", () => {
  const numbers = {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  } as const;
  for (const [place, timeZone] of Intl.supportedValuesOf("timeZone").entries()) {
    const at = Date.UTC(2026, place % 12, 1 + (place % 28), place % 24, 30);
    const parts = new Intl.DateTimeFormat("en", { ...numbers, timeZone, hourCycle: "h23" }).formatToParts(at);
    const told = (type: string) => Number(parts.find((part) => part.type === type)?.value);
    const wall = Date.UTC(told("year"), told("month") - 1, told("day"), told("hour"), told("minute"));
    expect(dates.zoneOffset(timeZone, at), timeZone).toBe((wall - at) / 60_000);
  }
});

test("offsets are written short", () => {
  const check = (minutes: number, text: string) => expect(dates.offsetText(minutes)).toBe(text);
  check(0, "UTC");
  check(60, "UTC+1");
  check(345, "UTC+5:45");
  check(-210, "UTC-3:30");
  check(840, "UTC+14");
});

test("a zone is called what people there call it", () => {
  const label = (zone: string, locale: string, atMs = AT) => dates.zoneLabel(zone, locale, atMs);
  expect(label("Europe/London", "en-GB")).toEqual({
    city: "London",
    short: "GMT",
    long: "Greenwich Mean Time",
  });
  expect(label("Europe/London", "en-GB", Date.UTC(2026, 6, 1)).short).toBe("BST");
  expect(label("America/New_York", "en-US").short).toBe("EST");
  expect(label("Europe/Vienna", "de")).toMatchObject({ city: "Wien", short: "MEZ" });
  expect(label("Asia/Calcutta", "en-GB").city).toBe("Kolkata");
  expect(label("America/Argentina/Buenos_Aires", "en-GB").city).toBe("Buenos Aires");
  expect(label("America/Indiana/Knox", "en-GB").city).toBe("Knox, Indiana");
  expect(label("UTC", "en-GB").city).toBe("UTC");
  expect(label("Etc/GMT+5", "en-GB").city).toBe("UTC-5");
  expect(label("Mars/Base", "en-GB")).toEqual({ city: "Base", short: "Base", long: "Base" });
});

test("only dates and instants that exist are some", () => {
  for (const text of ["2026-11-23", "2028-02-29"]) expect(dates.isDate(text), text).toBe(true);
  const odd = ["2026-02-29", "2026-13-01", "2026-1-1", "", "2026-11-23T00:00", "tomorrow", "０026-11-23"];
  for (const text of odd) expect(dates.isDate(text), text).toBe(false);
  for (const text of ["2026-11-23T09:00:00+00:00", "2026-11-23T09:00:00Z"])
    expect(dates.isInstant(text), text).toBe(true);
  const never = ["2026-11-23T09:00:00", "2026-11-23", "2026-13-23T09:00:00Z", "2026-11-23T29:00:00Z", "now"];
  for (const text of never) expect(dates.isInstant(text), text).toBe(false);
});

test("habits follow the locale", () => {
  const check = (locale: string, hours: string, day: number) =>
    expect([dates.usualHourCycle(locale), dates.firstDayOfWeek(locale)], locale).toEqual([hours, day]);
  check("en-GB", "h23", 1);
  check("en-US", "h12", 0);
  check("de-AT", "h23", 1);
  check("ar-EG", "h12", 6);
  check("ja", "h23", 0);
});

/** Intl puts a narrow no-break space before AM and PM, newer ones and older ones differ. */
function spaced(text: string): string {
  return text.replace(/[\u202f\u00a0]/g, " ");
}
