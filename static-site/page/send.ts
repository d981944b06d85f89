import type { Send } from "../lib/api";

/** After this long an answer is not coming. */
const PATIENCE_MS = 20_000;

export const send: Send = async (path, init) => {
  const reply = await fetch(path, { ...init, credentials: "omit", signal: AbortSignal.timeout(PATIENCE_MS) });
  return { status: reply.status, header: (name) => reply.headers.get(name), text: () => reply.text() };
};
