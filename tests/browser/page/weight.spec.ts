import { expect, test } from "../support/fixtures";
import { weigh } from "../support/weight";

const KB = 1024;

for (const slug of ["demo", "intro", "panel", "workshop"]) {
  test(`${slug}: the first free time costs five requests and 60 KB at most`, async ({ page, booking }) => {
    const weight = await weigh(page, () => booking.arrive(slug));
    expect(weight.requests).toBeLessThanOrEqual(5);
    expect(weight.requests, "the page, its style, its script, the meeting type, the times").toBe(5);
    expect(weight.scriptBytes).toBeGreaterThan(5 * KB);
    expect(weight.scriptBytes).toBeLessThanOrEqual(40 * KB);
    expect(weight.bytes).toBeLessThanOrEqual(60 * KB);
  });
}

test("nothing moves when the times arrive", async ({ page, booking }) => {
  await page.addInitScript(() => {
    const shifts = { sum: 0 };
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.sum += (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await booking.arrive("demo");
  await page.clock.runFor(1_000);
  const shifted = await page.evaluate(
    () => (globalThis as unknown as { shifts: { sum: number } }).shifts.sum,
  );
  expect(shifted).toBeLessThan(0.01);
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
  const assets = [...seen].filter(([path]) => path.startsWith("/assets/"));
  expect(assets).toHaveLength(2);
  for (const [, headers] of assets) expect(headers["cache-control"]).toContain("immutable");
  const policy = seen.get("/book/demo")?.["content-security-policy"] ?? "";
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain("unsafe");
});
