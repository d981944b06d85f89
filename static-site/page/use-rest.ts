import { useEffect } from "preact/hooks";

const REST_AFTER_MS = 2000;
const SIGNS_OF_LIFE = ["pointermove", "pointerdown", "keydown", "focusin"] as const;

/** What was waited for stands: the rest of the page is fetched when the guest first stirs, or a little later anyway. */
export function useTheRest(ready: boolean, load: () => void) {
  useEffect(() => {
    if (!ready) return;
    const wake = new AbortController();
    const go = () => {
      wake.abort();
      clearTimeout(timer);
      load();
    };
    const timer = setTimeout(go, REST_AFTER_MS);
    for (const sign of SIGNS_OF_LIFE)
      document.addEventListener(sign, go, { signal: wake.signal, passive: true });
    return () => {
      wake.abort();
      clearTimeout(timer);
    };
  }, [ready]);
}
