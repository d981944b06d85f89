import { expect, test } from "@playwright/test";
import { offerZones, searchZones, zones } from "./zones";

const AT = Date.UTC(2026, 10, 22, 12);
const english = zones(Intl.supportedValuesOf("timeZone"), AT, "en-GB");
const german = zones(Intl.supportedValuesOf("timeZone"), AT, "de");

function first(query: string, entries = english): string | undefined {
  const [found] = searchZones(entries, query, 10);
  return found && (found.place ? `${found.city} (${found.place})` : found.city);
}

function check(query: string, expected: string) {
  test(`"${query}" leads to ${expected}`, () => expect(first(query)).toBe(expected));
}

check("london", "London");
check("  LONDON ", "London");
check("lon", "London");
check("new york", "New York");
check("america/new_york", "New York");
check("Los", "Los Angeles");
check("mumbai", "Kolkata (Mumbai)");
check("san francisco", "Los Angeles (San Francisco)");
check("munich", "Berlin (Munich)");
check("munchen", "Berlin (München)");
check("beijing", "Shanghai (Beijing)");
check("Zürich", "Zurich");
check("sao paulo", "Sao Paulo");
check("knox", "Knox, Indiana");
check("buenos", "Buenos Aires");
check("hawaii", "Honolulu (Hawaii)");

// By the names that zones once had.
check("Calcutta", "Kolkata (Calcutta)");
check("Asia/Calcutta", "Kolkata");
check("Kiev", "Kyiv (Kiev)");
check("Saigon", "Ho Chi Minh (Saigon)");
check("Rangoon", "Yangon (Rangoon)");
check("Katmandu", "Kathmandu");

// By name.
check("eastern", "New York (Eastern Time)");
check("pacific time", "Los Angeles (Pacific Time)");
check("EST", "New York (EST)");
check("CET", "Berlin (CET)");
check("ist", "Kolkata (IST)");
check("utc", "UTC");
check("gmt", "London (GMT)");
check("chatham standard time", "Chatham");
check("pacific standard time", "Los Angeles (Pacific Time)");
check("british summer", "London (British Summer Time)");
check("galapagos time", "Galapagos");
check("nepal time", "Kathmandu (Nepal)");

// By offset.
check("+5:45", "Kathmandu");
check("utc+5:45", "Kathmandu");
check("UTC +05:45", "Kathmandu");
check("5.75", "Kathmandu");
check("+0545", "Kathmandu");
check("5.5", "Kolkata");
check("utc+1", "Berlin");
check("gmt-5", "New York");
check("GMT−5", "New York");
check("-3:30", "St Johns");
check("utc+0", "London");

test("nothing is found for nonsense, and nothing breaks", () => {
  for (const query of ["xyzzy", "+99", "utc+3:17", "(((", "\\", "🙂", "constructor", "__proto__"])
    expect(searchZones(english, query, 10), query).toEqual([]);
});

test("an offset leads to the zones that most people live in, and to any other where there is none", () => {
  const found = searchZones(english, "+1", 500);
  expect(found.every(({ offsetText }) => offsetText === "UTC+1")).toBe(true);
  expect(found.map(({ city }) => city)).toEqual(expect.arrayContaining(["Lagos", "Paris", "Berlin"]));
  expect(searchZones(english, "+13:45", 500).map(({ city }) => city)).toEqual(["Chatham"]);
});

test("New York comes first for eastern, then its neighbours, then Europe", () => {
  const cities = searchZones(english, "eastern", 50).map(({ city }) => city);
  expect(cities.slice(0, 3).sort()).toEqual(["Detroit", "New York", "Toronto"]);
  expect(cities).toContain("Helsinki");
});

test("an offset without a sign may be either", () => {
  const offsets = searchZones(english, "5", 500).map(({ offsetMinutes }) => offsetMinutes);
  expect([...new Set(offsets)]).toEqual([300, -300]);
});

test("a German guest reads and writes German names", () => {
  const found = (query: string) => first(query, german);
  expect(found("wien")).toBe("Wien");
  expect(found("vienna")).toBe("Wien");
  expect(found("kopenhagen")).toBe("Kopenhagen");
  expect(found("mailand")).toBe("Rom (Mailand)");
  expect(found("MEZ")).toBe("Berlin (MEZ)");
  expect(found("Mitteleuropäische Sommerzeit")).toBe("Berlin (Mitteleuropäische Zeit)");
  expect(searchZones(german, "wien", 1)[0]?.region).toBe("Europa");
});

test("a zone of many countries leads to all of its capitals", () => {
  const cities = searchZones(english, "cest", 50).map(({ city }) => city);
  expect(cities[0]).toBe("Berlin");
  expect(cities).toEqual(expect.arrayContaining(["Paris", "Prague", "Stockholm", "Vienna"]));
});

test("no more are found than asked for, and every zone can be", () => {
  expect(searchZones(english, "a", 7)).toHaveLength(7);
  expect(searchZones(english, "", 20)).toHaveLength(20);
  for (const { zone } of english) {
    const found = searchZones(english, zone, 500).map((entry) => entry.zone);
    expect(found, zone).toContain(zone);
  }
  expect(english.map(({ zone }) => zone)).toContain("UTC");
});

test("a list shows what is near to hand first, and says when there are more", () => {
  const near = ["Antarctica/Troll", undefined, "Europe/London"];
  const { found, more } = offerZones(english, " ", near);
  expect(english.length).toBeGreaterThan(300);
  expect(found.length).toBeLessThanOrEqual(100);
  expect(more).toBe(true);
  const listed = found.map(({ zone }) => zone);
  expect(listed.slice(0, 2).sort()).toEqual(["Antarctica/Troll", "Europe/London"]);
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed).toEqual(expect.arrayContaining(["America/New_York", "Asia/Singapore", "Europe/Zurich"]));
  expect(listed).not.toContain("Africa/Abidjan");
  const cities = found.slice(2).map(({ city }) => city);
  expect(cities).toEqual(cities.toSorted());
});

test("a list that is shorter than what was found says so", () => {
  expect(offerZones(english, "london", ["Asia/Tokyo"])).toMatchObject({
    found: [{ city: "London" }],
    more: false,
  });
  const { found, more } = offerZones(english, "a", []);
  expect(found).toHaveLength(100);
  expect(more).toBe(true);
});

test("where there is little room, the ones most people look for come first, by city", () => {
  expect(searchZones(english, "", 3).map(({ city }) => city)).toEqual(["Berlin", "Kolkata", "London"]);
});

test("an entry knows what Intl calls its zone, in winter and in summer", () => {
  const [london] = searchZones(english, "london", 1);
  expect(london).toMatchObject({
    zone: "Europe/London",
    region: "Europe",
    offsetMinutes: 0,
    offsetText: "UTC",
  });
  expect(london?.names).toEqual(
    expect.arrayContaining(["Greenwich Mean Time", "British Summer Time", "GMT"]),
  );
});

test("opening the picker and typing ask Intl nothing", () => {
  const asked: string[] = [];
  const real = Intl.DateTimeFormat;
  Intl.DateTimeFormat = new Proxy(real, {
    construct(target, [locale, options]) {
      asked.push(options?.timeZone);
      return new target(locale, options);
    },
  });
  try {
    const entries = zones(Intl.supportedValuesOf("timeZone"), AT + 1, "en-AU");
    expect(searchZones(entries, "new y", 10)[0]?.offsetText).toBe("UTC-5");
    expect(searchZones(entries, "no such place", 10)).toEqual([]);
    expect(asked.length).toBeLessThanOrEqual(1);
  } finally {
    Intl.DateTimeFormat = real;
  }
});
