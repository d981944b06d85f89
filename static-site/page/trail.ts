/** The browser's history, as far as it is this page's. */
export type Trail<Place> = {
  readonly here: () => Place | undefined;
  readonly push: (place: Place) => void;
  readonly replace: (place: Place) => void;
  readonly back: () => void;
  /** Tells where Back and Forward led to; what it returns stops that. */
  readonly follow: (went: (place: Place) => void) => () => void;
};

/** What the history kept may be another release's, and then counts as nothing: `first` is where a guest begins. */
export function makeTrail<Place>(
  page: Window,
  read: (kept: object) => Place | undefined,
  first: Place,
): Trail<Place> {
  const here = () => {
    const kept: unknown = page.history.state;
    return typeof kept === "object" && kept !== null ? read(kept) : undefined;
  };
  return {
    here,
    push: (place) => page.history.pushState(place, ""),
    replace: (place) => page.history.replaceState(place, ""),
    back: () => page.history.back(),
    follow: (went) => {
      const listener = () => went(here() ?? first);
      page.addEventListener("popstate", listener);
      return () => page.removeEventListener("popstate", listener);
    },
  };
}
