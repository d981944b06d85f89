import type { BrowserContext, Page } from "@playwright/test";

/** What the script below calls, and what every payload of xss.ts calls when it runs. */
const REPORT = "__openslot_report";

/**
 * Notes whatever a page must never do: break a rule of its Content-Security-Policy, say an error on the console, throw,
 * run foreign script, open a dialog of the browser, or speak to anyone but its own server.
 */
export class Watch {
  #seen: string[] = [];
  readonly #allowed: RegExp[] = [];

  constructor(private readonly origin: string) {}

  async over(context: BrowserContext): Promise<void> {
    await context.exposeBinding(REPORT, (_source, what: string) => this.note(what));
    await context.addInitScript(listen, REPORT);
    context.on("page", (page) => this.#follow(page));
    context.on("request", (request) => this.#ask(request.url()));
  }

  /** What a test brings about on purpose, such as the console's line about a reply of 500. */
  allow(...patterns: RegExp[]): void {
    this.#allowed.push(...patterns);
  }

  note(what: string): void {
    this.#seen.push(what);
  }

  get problems(): readonly string[] {
    return this.#seen.filter((line) => !this.#allowed.some((pattern) => pattern.test(line)));
  }

  /** The problems so far, which then count no more: for the tests that show that this catches them. */
  taken(): readonly string[] {
    const taken = this.#seen;
    this.#seen = [];
    return taken;
  }

  #follow(page: Page): void {
    page.on("pageerror", (error) => this.note(`error: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.note(`console: ${message.text()}`);
    });
    page.on("dialog", (dialog) => {
      this.note(`executed: ${dialog.type()} ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  #ask(address: string): void {
    const url = new URL(address);
    const ours = url.origin === this.origin || ["data:", "blob:", "about:"].includes(url.protocol);
    if (!ours) this.note(`third party: ${address}`);
  }
}

/** Runs in the page, before everything else there. */
function listen(report: string): void {
  const tell = (what: string) =>
    (globalThis as unknown as Record<string, (what: string) => void>)[report]?.(what);
  document.addEventListener("securitypolicyviolation", (violation) => {
    tell(`policy: ${violation.violatedDirective} ${violation.blockedURI} ${violation.sample}`);
  });
  Object.defineProperty(globalThis, "hacked", {
    value: (mark: unknown) => tell(`executed: ${String(mark)}`),
  });
}
