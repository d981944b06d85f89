import { useEffect, useRef } from "preact/hooks";

/** What a guest does who uses the page, or comes back to it. */
const SIGNS = ["pointerdown", "keydown", "visibilitychange"] as const;

/** Whenever the page is used, what has grown old is asked for again; and so is what was asked for another day. */
export function useFreshness(isOld: () => boolean, refresh: () => void, day: string) {
  const look = useRef(() => {});
  look.current = () => {
    if (!document.hidden && isOld()) refresh();
  };
  useEffect(() => {
    const away = new AbortController();
    for (const sign of SIGNS)
      document.addEventListener(sign, () => look.current(), { signal: away.signal, passive: true });
    addEventListener("online", () => look.current(), { signal: away.signal });
    return () => away.abort();
  }, []);
  useEffect(() => look.current(), [day]);
}
