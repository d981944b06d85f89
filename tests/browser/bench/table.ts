import type { Reporter, TestCase, TestError, TestResult } from "@playwright/test/reporter";

/** Prints what a benchmark says, and why it could not. */
export default class TableReporter implements Reporter {
  printsToStdio(): boolean {
    return true;
  }

  onStdOut(said: string | Buffer): void {
    process.stdout.write(said);
  }

  onTestEnd(_test: TestCase, { errors }: TestResult): void {
    errors.forEach(tell);
  }

  onError(error: TestError): void {
    tell(error);
  }
}

function tell({ stack, message }: TestError): void {
  process.stderr.write(`${stack ?? message}\n`);
}
