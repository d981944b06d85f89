/**
 * When what had the focus goes away, as "Try again" does once it has worked, the browser drops the focus, and whoever
 * moves by keyboard starts over at the top. Here it goes on where the page says.
 */
export function keepFocus(root: HTMLElement, goOn: () => void) {
  let last: Element | undefined;
  root.addEventListener("focusin", ({ target }) => {
    last = target instanceof Element ? target : undefined;
  });
  new MutationObserver(() => {
    if (last && !last.isConnected && document.activeElement === document.body) goOn();
  }).observe(root, { childList: true, subtree: true });
}

/** To the first of these places that is there. */
export function focusOn(...ids: readonly string[]) {
  const places = ids.map((id) => document.getElementById(id));
  places.find((place) => place !== null)?.focus();
}

/** After a day is chosen its times come into sight, where they stand below the month or were scrolled away. */
export function showTimes() {
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
  requestAnimationFrame(() => {
    const heading = document.getElementById("times");
    const top = heading?.getBoundingClientRect().top ?? 0;
    if (top < 0 || top > innerHeight / 2) heading?.scrollIntoView({ block: "start", behavior });
  });
}
