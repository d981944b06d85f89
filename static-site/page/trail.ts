/** The browser's history, as far as it is this page's. */
export type Trail<Place> = {
  readonly here: () => Place | undefined;
  readonly push: (place: Place) => void;
  readonly replace: (place: Place) => void;
  readonly back: () => void;
  /** Tells where Back and Forward led to; what it returns stops that. */
  readonly follow: (went: (place: Place) => void) => () => void;
};

/** Where there is nothing to go back to, nothing tells so. */
const LEADS_NOWHERE_MS = 1000;

/** What the history kept may be another release's, and then counts as nothing: `first` is where a guest begins. */
export function makeTrail<Place>(
  page: Window,
  read: (kept: object) => Place | undefined,
  first: Place,
): Trail<Place> {
  // A second click comes before the first has led back, and must not lead out of the page.
  let leaving = false;
  const stay = () => {
    leaving = false;
  };
  const back = () => {
    if (leaving) return;
    leaving = true;
    page.history.back();
    page.setTimeout(stay, LEADS_NOWHERE_MS);
  };
  page.addEventListener("popstate", stay);
  const here = () => {
    const kept: unknown = page.history.state;
    return typeof kept === "object" && kept !== null ? read(kept) : undefined;
  };
  return {
    here,
    push: (place) => page.history.pushState(place, ""),
    replace: (place) => page.history.replaceState(place, ""),
    back,
    follow: (went) => {
      const listener = () => went(here() ?? first);
      page.addEventListener("popstate", listener);
      return () => page.removeEventListener("popstate", listener);
    },
  };
}
