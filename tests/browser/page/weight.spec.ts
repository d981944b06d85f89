import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures";
import { Gate, MEETING_TYPE, SLOTS } from "../support/replies";
import { weigh } from "../support/weight";

const KB = 1024;

for (const slug of ["demo", "intro", "panel", "workshop"]) {
  test(`${slug}: the first free time costs five requests and 60 KB at most`, async ({ page, booking }) => {
    const weight = await weigh(page, () => booking.arrive(slug));
    expect(weight.requests, "the page, its style, its script, the meeting type, the times").toBe(5);
    expect(weight.scriptBytes).toBeGreaterThan(5 * KB);
    expect(weight.scriptBytes).toBeLessThanOrEqual(40 * KB);
    expect(weight.bytes).toBeLessThanOrEqual(60 * KB);
  });
}

for (const [size, viewport] of Object.entries({
  "on a desk": { width: 1280, height: 800 },
  "on a phone": { width: 360, height: 740 },
})) {
  for (const slug of ["demo", "workshop"]) {
    test(`nothing moves when the answers arrive one by one: ${slug} ${size}`, async ({ page, booking }) => {
      await page.setViewportSize(viewport);
      await page.addInitScript(sumShifts);
      const [about, times] = [new Gate(), new Gate()];
      await about.at(page, MEETING_TYPE);
      await times.at(page, SLOTS);
      await booking.open(slug);
      await drawn(page);
      await about.open();
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await drawn(page);
      await times.open();
      await expect(booking.times.first()).toBeVisible();
      await page.clock.runFor(1_000);
      await drawn(page);
      expect(await shifts(page)).toBeLessThan(0.01);
    });
  }
}

test("what moves would be seen", async ({ page, booking }) => {
  await page.addInitScript(sumShifts);
  await booking.arrive("demo");
  await drawn(page);
  const before = await shifts(page);
  await page.evaluate(() => {
    const wedge = document.createElement("div");
    wedge.style.height = "120px";
    document.body.prepend(wedge);
  });
  await expect.poll(() => shifts(page)).toBeGreaterThan(before + 0.01);
});

type Shifted = { shifts: number };

/** Runs in the page, before everything else there. */
function sumShifts(): void {
  const all = Object.assign(globalThis, { shifts: 0 });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) all.shifts += (entry as unknown as { value: number }).value;
  }).observe({ type: "layout-shift", buffered: true });
}

function shifts(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as Shifted).shifts);
}

/** What is seen has to be painted before it can move. A picture is only taken of what is. */
async function drawn(page: Page): Promise<void> {
  await page.screenshot();
}

test("no request tells the address of the page, with what a link filled in", async ({ page, booking }) => {
  const asked: Promise<readonly [string, Record<string, string>]>[] = [];
  page.on("request", (request) =>
    asked.push(request.allHeaders().then((headers) => [new URL(request.url()).pathname, headers] as const)),
  );
  await booking.arrive("demo", { email: "secret@example.org" });
  await booking.times.first().click();
  await expect(booking.email).toHaveValue("secret@example.org");
  const all = await Promise.all(asked);
  const paths = all.map(([path]) => path);
  expect(paths).toContain("/v1/meeting-types/demo/slots");
  expect(paths.filter((path) => path.endsWith(".js")).length, "the page's script, and the rest").toBe(2);
  expect(all.filter(([, headers]) => "referer" in headers).map(([path]) => path)).toEqual([]);
});

test("what comes to the page carries its headers", async ({ page, booking }) => {
  const seen = new Map<string, Record<string, string>>();
  page.on("response", async (response) => {
    seen.set(new URL(response.url()).pathname, await response.allHeaders());
  });
  await booking.arrive("demo");
  await page.waitForLoadState("networkidle");
  for (const [path, headers] of seen) {
    expect.soft(headers["x-content-type-options"], path).toBe("nosniff");
    expect.soft(headers["referrer-policy"], path).toBe("no-referrer");
    expect.soft(headers["content-security-policy"], path).toContain("default-src 'none'");
    expect.soft(headers["cross-origin-resource-policy"], path).toBe("same-origin");
    expect.soft(headers["access-control-allow-origin"], path).toBeUndefined();
  }
  // What comes after the first time is fetched when it is needed; these two come with the page.
  const assets = [...seen].filter(([path]) => /^\/assets\/book-[\w-]+\.(js|css)$/.test(path));
  expect(assets).toHaveLength(2);
  for (const [, headers] of assets) expect(headers["cache-control"]).toContain("immutable");
  const policy = seen.get("/book/demo")?.["content-security-policy"] ?? "";
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain("unsafe");
});
