import type { FullResult, Reporter, Suite, TestCase, TestError, TestResult } from "@playwright/test/reporter";

type Outcome = "ok" | "FAILED" | "ignored";

/**
 * One line for each test and, for each group, a sum in the words of cargo, so that one table counts the tests of both
 * languages. `site` is what runs without a browser, `browser` what runs in one.
 */
export default class CargoReporter implements Reporter {
  readonly #outcomes = new Map<string, Outcome[]>();
  readonly #failures: string[] = [];
  #broken = 0;

  printsToStdio(): boolean {
    return true;
  }

  onBegin(_config: unknown, suite: Suite): void {
    for (const test of suite.allTests()) this.#outcomes.set(groupOf(test), []);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const outcome = outcomeOf(result);
    const name = nameOf(test);
    this.#outcomes.get(groupOf(test))?.push(outcome);
    if (outcome === "FAILED") this.#failures.push(failure(name, result));
    print(`test ${name} ... ${outcome}${outcome === "ok" ? ` (${result.duration} ms)` : ""}`);
  }

  /** A file that cannot be read, or a worker that cannot start, belongs to no test and is a failure all the same. */
  onError(error: TestError): void {
    this.#broken += 1;
    this.#failures.push(`---- before or beside the tests ----\n${textOf(error)}`);
  }

  onEnd(_result: FullResult): void {
    if (this.#failures.length > 0) print(`\nfailures:\n\n${this.#failures.join("\n\n")}\n`);
    if (this.#outcomes.size === 0) this.#outcomes.set("browser", []);
    for (const [group, outcomes] of this.#outcomes) {
      print(sum(group, outcomes, this.#broken));
      this.#broken = 0;
    }
  }
}

function groupOf(test: TestCase): string {
  return test.parent.project()?.name === "lib" ? "site" : "browser";
}

function nameOf(test: TestCase): string {
  const [, project, file, ...titles] = test.titlePath();
  return `${project} > ${file} > ${titles.join(" > ")}`;
}

function outcomeOf(result: TestResult): Outcome {
  if (result.status === "skipped") return "ignored";
  return result.status === "passed" ? "ok" : "FAILED";
}

function failure(name: string, result: TestResult): string {
  const pictures = result.attachments.flatMap((attachment) => attachment.path ?? []);
  return [`---- ${name} (${result.status}) ----`, ...result.errors.map(textOf), ...pictures].join("\n");
}

function textOf(error: TestError): string {
  const text = error.stack ?? error.message ?? error.value ?? "nothing was said";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with one.
  return `${text}\n${error.snippet ?? ""}`.replaceAll(/\u001b\[\d+m/g, "");
}

function sum(group: string, outcomes: readonly Outcome[], broken: number): string {
  const count = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
  const failed = count("FAILED") + broken;
  const verdict = failed === 0 ? "ok" : "FAILED";
  const counts = `${count("ok")} passed; ${failed} failed; ${count("ignored")} ignored`;
  return `     Running Playwright for the group ${group}\ntest result: ${verdict}. ${counts}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
