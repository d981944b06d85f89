/** What a clock and a calendar show at an instant, read from its text: the server wrote it in the zone asked for. */

export type Reader = { readonly locale: string; readonly zone: string };

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = ["January", "February", "March", "April", "May", "June"].concat([
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
]);

export const dateOf = (instant: string): string => instant.slice(0, 10);

/** "14:30", or "2:30 PM" where people read it so. */
export function time(instant: string, locale = "en-GB"): string {
  const [hour, minute] = [Number(instant.slice(11, 13)), instant.slice(14, 16)];
  if (locale !== "en-US") return `${String(hour).padStart(2, "0")}:${minute}`;
  return `${hour % 12 || 12}:${minute} ${hour < 12 ? "AM" : "PM"}`;
}

/** The same reading with any kind of space in it: between "2:30" and "PM" the browser puts a narrow one. */
export function spaced(reading: string): RegExp {
  return new RegExp(reading.replaceAll(" ", "\\s"), "u");
}

/** "Tuesday 3 March", or "Tuesday, March 3". */
export function day(date: string, locale = "en-GB"): string {
  const weekday = WEEKDAYS[weekdayOf(date)];
  return locale === "en-US"
    ? `${weekday}, ${dayOfMonth(date, locale)}`
    : `${weekday} ${dayOfMonth(date, locale)}`;
}

/** "3 March", or "March 3". */
export function dayOfMonth(date: string, locale = "en-GB"): string {
  const [, month, number] = parts(date);
  return locale === "en-US" ? `${MONTHS[month - 1]} ${number}` : `${number} ${MONTHS[month - 1]}`;
}

export const monthOf = (date: string): string => `${MONTHS[parts(date)[1] - 1]}`;

/** Sakamoto's rule, so that what the page says about a weekday is compared with something else than itself. */
function weekdayOf(date: string): number {
  const [givenYear, month, number] = parts(date);
  const year = month < 3 ? givenYear - 1 : givenYear;
  const shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1] ?? 0;
  return (year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + shift + number) % 7;
}

function parts(date: string): [number, number, number] {
  const [year = 0, month = 1, number = 1] = date.slice(0, 10).split("-").map(Number);
  return [year, month, number];
}

/** Days since the last of October; December's and January's count on, as the three months that the tests walk in do. */
export function daysIntoAutumn(date: string): number {
  const [, month, number] = parts(date);
  return number + ({ 11: 0, 12: 30, 1: 61 }[month] ?? Number.NaN);
}
