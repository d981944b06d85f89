import type { Browser } from "@playwright/test";
import { test } from "../support/fixtures";
import { type Weight, weigh } from "../support/weight";

/** Odd, so that one of them is the median. */
const RUNS = 11;
const BARE = "/manage/";
const PAGES = ["intro", "demo", "panel", "workshop"];

test("what the booking page costs until the first free time", async ({ browser, baseURL }) => {
  test.setTimeout(300_000);
  const origin = baseURL ?? "";
  const rows: string[] = [];
  for (const slug of PAGES) {
    const weight = await inside(browser, origin, (page) => weigh(page, () => timesAt(page, `/book/${slug}`)));
    // Taken in turns, so that whatever else the machine does meets both alike.
    const times = { page: [] as number[], bare: [] as number[] };
    for (let run = 0; run < RUNS; run += 1) {
      times.bare.push(await inside(browser, origin, (page) => loaded(page, BARE)));
      times.page.push(await inside(browser, origin, (page) => timesAt(page, `/book/${slug}`)));
    }
    rows.push(row(slug, weight, median(times.page), median(times.bare)));
  }
  console.log(table(rows));
});

type Page = Awaited<ReturnType<Browser["newPage"]>>;

/** In a context of its own: nothing is in the cache. */
async function inside<T>(browser: Browser, baseURL: string, visit: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 800 } });
  try {
    return await visit(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Milliseconds from the navigation to the first free time, as the page itself measures. */
async function timesAt(page: Page, path: string): Promise<number> {
  await page.addInitScript(() => {
    const seen = () => document.querySelector("input:is([name=morning], [name=afternoon], [name=evening])");
    const note = () => {
      if (seen())
        Object.assign(globalThis, { seenAt: Reflect.get(globalThis, "seenAt") ?? performance.now() });
    };
    new MutationObserver(note).observe(document, { childList: true, subtree: true });
  });
  await page.goto(path);
  const at = await page.waitForFunction(() => Reflect.get(globalThis, "seenAt") as number | undefined);
  return (await at.jsonValue()) ?? Number.NaN;
}

/** The same for a page of the same server that is HTML and one style sheet. */
async function loaded(page: Page, path: string): Promise<number> {
  await page.goto(path);
  return page.evaluate(() => performance.now());
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[numbers.length >> 1] ?? Number.NaN;
}

function row(slug: string, { requests, scriptBytes, bytes }: Weight, page: number, bare: number): string {
  const kib = (count: number) => `${(count / 1024).toFixed(1)} KB`.padStart(10);
  const [time, ratio] = [`${page.toFixed(0)} ms`.padStart(9), `${(page / bare).toFixed(1)} x`.padStart(9)];
  return `${`/book/${slug}`.padEnd(16)}${String(requests).padStart(9)}${kib(scriptBytes)}${kib(bytes)}${time}${ratio}`;
}

function table(rows: readonly string[]): string {
  const head = `${"".padEnd(16)} requests    script       all     time  to bare`;
  const foot = "Compressed, with headers, from an empty cache, until the first free time can be chosen.";
  return ["", head, ...rows, `${foot} The bare page is ${BARE}; medians of ${RUNS}.`].join("\n");
}
