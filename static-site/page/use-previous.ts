import { useRef } from "preact/hooks";

/** What this was before it changed for the last time: to know where the guest comes from. */
export function usePrevious<T>(value: T): T | undefined {
  const seen = useRef<{ now: T; before: T | undefined }>({ now: value, before: undefined });
  if (seen.current.now !== value) seen.current = { now: value, before: seen.current.now };
  return seen.current.before;
}
