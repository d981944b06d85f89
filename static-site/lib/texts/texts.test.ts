import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { chooseLanguage, textsOf } from "./choose";
import { de } from "./de";
import { en } from "./en";
import { adapted, manageTextsOf } from "./manage/choose";
import { manageDe } from "./manage/de";
import { manageEn } from "./manage/en";
import { pseudo, pseudoOf } from "./pseudo";

test("a guest reads the first language that is spoken here", () => {
  const check = (wanted: string[], param: string | undefined, lang: string, locale: string, habits: string) =>
    expect(chooseLanguage(wanted, param)).toMatchObject({ lang, locale, habits });
  check([], undefined, "en", "en-GB", "en-GB");
  check(["en"], undefined, "en", "en-GB", "en-GB");
  check(["en-US", "de"], undefined, "en", "en-US", "en-US");
  check(["de-AT"], undefined, "de", "de-AT", "de-AT");
  check(["fr-FR", "de"], undefined, "de", "de", "fr-FR");
  check(["ar-EG"], undefined, "en", "en-GB", "ar-EG");
  check(["en-US"], "de", "de", "de", "de");
  check(["en-US"], "DE_at", "de", "de-AT", "de-AT");
  check(["en-US"], "tlh", "en", "en-US", "en-US");
  check(["en-US"], "../../etc/passwd", "en", "en-US", "en-US");
  check(["not a tag", "", "de"], undefined, "de", "de", "de");
  check([`de-${"abcdefgh-".repeat(9)}x`], undefined, "en", "en-GB", "en-GB");
  check(["en-US"], "en-XB", "en-XB", "en-GB", "en-GB");
  expect(chooseLanguage(["en-US"], "en-XB").dir).toBe("rtl");
  expect(chooseLanguage(["en-US"]).dir).toBe("ltr");
});

test("a language is loaded by its name", async () => {
  expect(textsOf("en")).toBe(en);
  expect(textsOf("de")).toBe(de);
  expect(await textsOf("en-XB")).toBe(pseudo);
});

/** Everything a catalogue can say, by name, with something put in wherever it asks for it. */
function said(catalogue: object): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (name: string, value: unknown): void => {
    if (typeof value === "string") found.set(name, value);
    else if (typeof value === "function")
      for (const args of samples(name)) walk(`${name} ${args}`, value(...args));
    else
      for (const [key, member] of Object.entries(value as object))
        walk(name ? `${name}.${key}` : key, member);
  };
  walk("", catalogue);
  return found;
}

function samples(name: string): unknown[][] {
  if (name === "people")
    return [
      [["Nora"], "single"],
      [["Nora", "Emil"], "collective"],
      [["Nora", "Emil"], "round_robin"],
    ];
  if (name === "partLegend") return [["Morning", 4]];
  if (/^(freeTimes)$/.test(name)) return [0, 1, 8].map((count) => ["Tuesday 3 March", count]);
  if (/^(windowRolling|windowNotice)$/.test(name))
    return [
      [0, 1],
      [1, 1],
      [60, 1],
      [60, 3],
    ];
  if (name === "windowFixed") return [["Tuesday 3 March", "Friday 6 March", 1]];
  if (/(^|\.)(tooMany|busyWait|waitFirst)$/.test(name))
    return (["second", "minute", "hour"] as const).flatMap((unit) => [
      [{ count: 1, unit }],
      [{ count: 9, unit }],
    ]);
  if (/^(duration|zonesFound|errorSummary)$/.test(name)) return [[0], [1], [45], [60], [90], [2880]];
  if (/^(guestsTooMany|tooLong)$/.test(name)) return [[10, 11]];
  return [["Ada Lovelace", "Nora", "14:30", "15:00"]];
}

const spoken = { en, de, "en of the manage page": manageEn, "de of the manage page": manageDe };

for (const [language, catalogue] of Object.entries(spoken)) {
  test(`${language} speaks plainly`, () => {
    for (const [name, text] of said(catalogue)) {
      expect(text, name).not.toMatch(
        /please|bitte|oops|hoppla|invalid|ungültig|sorry|undefined|NaN|\[object/i,
      );
      expect(text, name).not.toMatch(/[<>]|&\w+;| {2}|"|'|\.\.\.| $|^ /);
      if (
        /^(instead\.)?(problems|notOffered|unreachable|nothingAtAll|link|surprise)/.test(name) &&
        !name.endsWith("title")
      )
        expect(text, name).toMatch(/\.$/);
      if (!/^(placeNotes)/.test(name)) expect(text, name).not.toBe("");
    }
  });
}

test("German is German", () => {
  const english = said(en);
  const same = [...said(de)]
    .filter(([name, text]) => english.get(name) === text)
    .map(([name]) => name.split(" ")[0]);
  const shared = [
    "dir",
    "places.google_meet",
    "places.teams",
    "places.link",
    "placeNotes.to_be_agreed",
    "people",
  ];
  const names = ["calendarOutlook", "calendarOffice365", "partLegend", "dayAndTime"];
  expect(same.filter((name) => ![...shared, ...names].includes(name ?? ""))).toEqual([]);
  for (const [name, text] of said(de))
    expect(text, name).not.toMatch(/\b(du|dein\w*|dir|dich|the|your|time)\b/);
});

test("German is German on the manage page, too", () => {
  const english = said(manageEn);
  for (const [name, text] of said(manageDe)) {
    expect(text, name).not.toBe(english.get(name));
    expect(text, name).not.toMatch(/\b(du|dein\w*|dir|dich|the|your|time)\b/);
  }
});

test("the manage page says otherwise what is said of booking, and the rest as everywhere", async () => {
  for (const lang of ["en", "de"] as const) {
    const words = await manageTextsOf(lang);
    const t = adapted(await textsOf(lang), words);
    expect(t.unreachable).toEqual(words.instead.unreachable);
    expect(t.problems.failed).toEqual({ en, de }[lang].problems.failed);
    const all = [...said(t)].filter(([name]) =>
      /^(problems|tooMany|taken|nothingSent|unreachable)/.test(name),
    );
    for (const [name, text] of all) {
      expect(text, name).not.toMatch(/Nothing was booked|nichts gebucht|typed|Eingaben|book again/);
    }
  }
  expect(await manageTextsOf("en-XB")).toEqual(expect.objectContaining({ keep: pseudoOf(manageEn).keep }));
});

test("a move and a cancellation as a person would say them", () => {
  const [from, to] = ["Monday 23 November, 09:00", "Tuesday 24 November, 14:30"];
  expect(manageEn.moving("Intro", "Nora", from, to)).toBe(
    "You are moving Intro with Nora from Monday 23 November, 09:00 to Tuesday 24 November, 14:30.",
  );
  expect(manageEn.hasMovedTo("Intro", "", to)).toBe("You have moved Intro to Tuesday 24 November, 14:30.");
  expect(
    manageDe.moving("Intro", "Nora", "Montag, 23. November, 09:00 Uhr", "Dienstag, 24. November, 14:30"),
  ).toBe(
    "Sie verschieben Intro mit Nora von Montag, 23. November, 09:00 Uhr auf Dienstag, 24. November, 14:30 Uhr.",
  );
  expect(manageEn.cancelledBy.host("Monday 23 November, 09:00")).toBe(
    "The host cancelled it on Monday 23 November, 09:00.",
  );
  expect(manageEn.late(from, "")).toContain("your answer goes to the host.");
});

test("there are words for every kind of problem that a guest may meet and every reason that the server knows", () => {
  const document = JSON.parse(
    readFileSync(new URL("../../../shared/wire/openapi.json", import.meta.url), "utf8"),
  );
  // What is said to hosts who are signed in is no matter of these pages.
  const paths: Record<string, Record<string, { security?: object[] }>> = document.paths;
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  const guests = operations.filter(({ security = [] }) => !security.some((one) => "login" in one));
  const kinds = new Set(JSON.stringify(guests).match(/(?<=\/problems\/)[a-z-]+/g));
  expect(kinds.size).toBeGreaterThan(10);
  const { schemas } = document.components;
  for (const catalogue of [en, de, pseudo]) {
    for (const kind of kinds) expect(catalogue.problems, catalogue.lang).toHaveProperty(kind);
    expect(Object.keys(catalogue.notOffered).sort()).toEqual([...schemas.NotOfferedReason.enum].sort());
    expect(Object.keys(catalogue.places).sort()).toEqual([...schemas.LocationKind.enum].sort());
    expect(Object.keys(catalogue.answerMissing).sort()).toEqual([...schemas.QuestionKind.enum].sort());
  }
});

/** The page's own code, without the catalogues themselves and without the tests. */
function sources(): string {
  const site = new URL("../../", import.meta.url);
  const files = ["book/", "components/", "lib/"].flatMap((folder) =>
    readdirSync(new URL(folder, site)).map((file) => new URL(folder + file, site)),
  );
  const ours = files.filter(({ pathname }) => /\.tsx?$/.test(pathname) && !/\.(test|d)\.ts$/.test(pathname));
  return ours.map((file) => readFileSync(file, "utf8")).join("\n");
}

/** A key is said as `t.key`, taken out of the texts by its name, or chosen by it as a quoted name. */
function unsaid(keys: readonly string[], code: string): string[] {
  const said = (key: string) =>
    new RegExp(`\\b(t|texts)\\.${key}\\b|[{,] ${key}[,} ][^\\n]*: Catalogue|"${key}"\\]`).test(code);
  return keys.filter((key) => !said(key));
}

test("every word of the catalogue is said somewhere", () => {
  const keys = Object.keys(en).filter((key) => key !== "lang" && key !== "dir");
  expect(keys.length).toBeGreaterThan(100);
  expect(unsaid(keys, sources())).toEqual([]);
});

test("a word that nobody says is found", () => {
  const code = `t.close; texts.loading; ["h12", "12 h", "clock12"]; function f({ name, note }: Catalogue) {}`;
  const keys = ["close", "loading", "clock12", "name", "note", "closed", "load", "today"];
  expect(unsaid(keys, code)).toEqual(["closed", "load", "today"]);
});

test("sentences as a person would say them", () => {
  expect(en.people(["Nora", "Emil"], "collective")).toBe("Nora and Emil");
  expect(en.people(["Nora", "Emil", "Yuki"], "round_robin")).toBe("Nora, Emil or Yuki");
  expect(en.people(["A", "B", "C", "D", "E"], "round_robin")).toBe("one of 5 people");
  expect(en.people([], "single")).toBe("");
  expect(de.people(["Nora", "Emil"], "round_robin")).toBe("Nora oder Emil");
  expect(en.freeTimes("Tuesday 3 March", 8)).toBe("Tuesday 3 March: 8 free times");
  expect(en.freeTimes("Tuesday 3 March", 1)).toBe("Tuesday 3 March: 1 free time");
  expect(de.freeTimes("Dienstag, 3. März", 1)).toBe("Dienstag, 3. März: 1 freie Zeit");
  expect(en.duration(90)).toBe("1 hour 30 minutes");
  expect(de.duration(60)).toBe("1 Stunde");
  expect(en.windowRolling(60, 1)).toBe("This host takes bookings up to 60 days ahead.");
  expect(en.windowNotice(2880, 2)).toBe("These hosts need to know at least 2 days ahead.");
  expect(de.windowFixed("Dienstag, 3. März", "Freitag, 6. März", 1)).toBe(
    "Buchen kann man hier vom Dienstag, dem 3. März bis zum Freitag, dem 6. März.",
  );
  expect(de.book("14:30")).toBe("14:30 Uhr buchen");
  expect(de.book("2:30 PM")).toBe("2:30 PM buchen");
  expect(en.bookedSentence("Intro", "Nora", "Tuesday 3 March, 14:30 to 15:00")).toBe(
    "You have booked Intro with Nora: Tuesday 3 March, 14:30 to 15:00.",
  );
  expect(en.tooMany({ count: 2, unit: "minute" })).toBe("Nothing was booked. Try again in 2 minutes.");
});

test("pseudo reads from the right and keeps what was put in", () => {
  expect(pseudo.lang).toBe("en-XB");
  expect(pseudo.dir).toBe("rtl");
  const own = [...said(pseudo)].filter(([name]) => name !== "lang" && name !== "dir");
  for (const [name, text] of own.filter(([, text]) => text !== ""))
    expect(text, name).toMatch(/^\u202e\[.*\]\u202c$/s);
  expect(pseudo.close).toBe("\u202e[Çĺöšé]\u202c".replace("ĺ", "l"));
  expect(pseudo.invitationSent("ada@example.org")).toContain("\u2068ada@example.org\u2069");
  expect(pseudo.invitationSent("a.*(")).toContain("\u2068a.*(\u2069");
  expect(pseudo.people([], "single")).toBe("");
  expect([...said(pseudo).keys()]).toEqual([...said(en).keys()]);
});
