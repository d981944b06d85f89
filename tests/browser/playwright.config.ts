import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { defineConfig, type Project } from "@playwright/test";
import type { Settings } from "./support/fixtures";

const root = fileURLToPath(new URL("../..", import.meta.url));
const chromium = execFileSync(`${root}/scripts/chromium.sh`, ["--installed"], { encoding: "utf8" }).trim();

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const sizes = { desktop, phone };

/** Three corners of the world: behind UTC with a change of clocks, near it with another, and ahead by 5:45. */
const places = {
  "Los Angeles": { timezoneId: "America/Los_Angeles", locale: "en-US" },
  London: { timezoneId: "Europe/London", locale: "en-GB" },
  Kathmandu: { timezoneId: "Asia/Kathmandu", locale: "en-GB" },
};

type Place = keyof typeof places;
type Size = keyof typeof sizes;

function project(folder: string, place: Place, size: Size): Project<Settings> {
  const use = { ...places[place], ...sizes[size] };
  return { name: `chromium ${place} ${size}`, testDir: folder, use };
}

/** What must hold for everyone, everywhere, on everything. */
const journeys = Object.keys(places).flatMap((place) =>
  Object.keys(sizes).map((size) => project("journeys", place as Place, size as Size)),
);

export default defineConfig<Settings>({
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // Generous, because a machine that also compiles is slow; a test that passes never waits this long.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: "out/results",
  reporter: "./reporter.ts",
  use: {
    actionTimeout: 10_000,
    launchOptions: {
      executablePath: chromium,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"].concat([
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ]),
    },
    trace: "off",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "lib", testDir: "../../static-site/lib" },
    ...journeys,
    { ...project("page", "London", "desktop"), name: "chromium page" },
    { ...project("phone", "London", "phone"), name: "chromium phone" },
    { ...project("manage", "London", "desktop"), name: "chromium manage" },
    { ...project("pictures", "London", "desktop"), name: "chromium pictures" },
    { name: "bench", testDir: "bench", testMatch: "*.bench.ts" },
  ],
});
