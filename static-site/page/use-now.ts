import { useEffect, useState } from "preact/hooks";

const MINUTE_MS = 60_000;

/** The present minute. It moves on when the clock's hand does. */
export function useNow(now: () => number): number {
  const [nowMs, setNow] = useState(now);
  useEffect(() => {
    const next = setTimeout(() => setNow(now()), MINUTE_MS - (now() % MINUTE_MS));
    return () => clearTimeout(next);
  }, [nowMs]);
  return nowMs;
}

/** Whether something has been going on for longer than people wait without a word. */
export function useSlow(going: boolean, afterMs: number): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!going) return;
    const patience = setTimeout(() => setSlow(true), afterMs);
    return () => clearTimeout(patience);
  }, [going]);
  return slow && going;
}
