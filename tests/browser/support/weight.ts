import type { Page } from "@playwright/test";

/** What went over the wire, compressed and with headers, as Chromium counts it. */
export type Weight = { readonly requests: number; readonly bytes: number; readonly scriptBytes: number };

type Transfer = { readonly script: boolean; readonly bytes: number };

/** Counts from an empty cache what a page loads until `seen` settles. */
export async function weigh(page: Page, seen: () => Promise<unknown>): Promise<Weight> {
  const session = await page.context().newCDPSession(page);
  const started = new Map<string, boolean>();
  const transfers: Transfer[] = [];
  session.on("Network.requestWillBeSent", ({ requestId, request, type }) => {
    if (!request.url.startsWith("data:")) started.set(requestId, type === "Script");
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const script = started.get(requestId);
    if (script !== undefined) transfers.push({ script, bytes: encodedDataLength });
  });
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await seen();
  await session.detach();
  return summed(started.size, transfers);
}

function summed(requests: number, transfers: readonly Transfer[]): Weight {
  const sum = (some: readonly Transfer[]) => some.reduce((bytes, transfer) => bytes + transfer.bytes, 0);
  return { requests, bytes: sum(transfers), scriptBytes: sum(transfers.filter(({ script }) => script)) };
}
