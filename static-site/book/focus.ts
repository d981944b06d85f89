import { focusTimes } from "./effects";

/**
 * When what had the focus goes away, as "Try again" does once it has worked, the browser drops the focus, and whoever
 * moves by keyboard starts over at the top. Here it goes on with the times, or with the form in their place.
 */
export function keepFocus(root: HTMLElement) {
  let last: Element | undefined;
  root.addEventListener("focusin", ({ target }) => {
    last = target instanceof Element ? target : undefined;
  });
  new MutationObserver(() => {
    if (last && !last.isConnected && document.activeElement === document.body) focusTimes();
  }).observe(root, { childList: true, subtree: true });
}
