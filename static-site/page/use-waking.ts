import { useEffect, useRef } from "preact/hooks";

/** A page that was put away for a while asks again when it is looked at again. */
export function useWaking(now: () => number, afterMs: number, refresh: () => void) {
  const latest = useRef(refresh);
  latest.current = refresh;
  useEffect(() => {
    let left = now();
    const turn = () => {
      if (document.hidden) left = now();
      else if (now() - left >= afterMs) latest.current();
    };
    document.addEventListener("visibilitychange", turn);
    return () => document.removeEventListener("visibilitychange", turn);
  }, []);
}
