type Outcome = { name: string; skip?: string | boolean; todo?: string | boolean; details: { error?: Error } };
type Event = { type: string; data: unknown };

/** A line for each test and a sum in the words of cargo, so that one table counts the tests of all languages. */
export default async function* report(events: AsyncIterable<Event>): AsyncGenerator<string> {
  const sum = { ok: 0, FAILED: 0, ignored: 0 };
  yield "     Running the tests of the group cdk\n";
  for await (const { type, data } of events) {
    if (type === "test:pass" || type === "test:fail") yield line(type, data as Outcome, sum);
    if (type === "test:stdout" || type === "test:stderr") yield (data as { message: string }).message;
  }
  const verdict = sum.FAILED === 0 && sum.ok > 0 ? "ok" : "FAILED";
  yield `test result: ${verdict}. ${sum.ok} passed; ${sum.FAILED} failed; ${sum.ignored} ignored\n`;
}

function line(type: string, { name, skip, todo, details }: Outcome, sum: Record<string, number>): string {
  const outcome = skip || todo ? "ignored" : type === "test:pass" ? "ok" : "FAILED";
  sum[outcome] = (sum[outcome] ?? 0) + 1;
  const error = details.error?.cause ?? details.error;
  const reason = outcome === "FAILED" ? `\n${error instanceof Error ? error.stack : String(error)}` : "";
  return `test ${name} ... ${outcome}${reason}\n`;
}
