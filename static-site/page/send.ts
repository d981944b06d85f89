import type { Send } from "../lib/api";

/** After this long an answer is not coming. */
const PATIENCE_MS = 20_000;

export const send: Send = async (path, init) => {
  const reply = await fetch(path, { ...init, credentials: "omit", signal: AbortSignal.timeout(PATIENCE_MS) });
  return { status: reply.status, header: (name) => reply.headers.get(name), text: () => reply.text() };
};

/**
 * Whether this page could be loaded again. Where it could and a part of it still cannot be had, a newer release has
 * taken its place, or the browser remembers that it once failed: then nothing but loading the page again helps.
 */
export async function isReachable(): Promise<boolean> {
  const asked = fetch(location.pathname, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
  return asked.then(({ ok }) => ok).catch(() => false);
}
