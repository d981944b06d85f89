import type { Reader } from "../lib/shape";

/** Something that outlives the page, but not the tab. */
export type Kept<T> = { readonly read: () => T | undefined; readonly write: (value: T | undefined) => void };

/** A browser may keep nothing, or have no room left; the page then goes on with what it knows itself. */
export function makeKept<T>(page: Window, name: string, isIt: Reader<T>): Kept<T> {
  return {
    read: () => {
      const value = attempt(() => JSON.parse(page.sessionStorage.getItem(name) ?? "null"));
      return isIt(value) ? value : undefined;
    },
    write: (value) => {
      // What is there already must not stand for what there was no room for.
      attempt(() => page.sessionStorage.removeItem(name));
      if (value !== undefined) attempt(() => page.sessionStorage.setItem(name, JSON.stringify(value)));
    },
  };
}

function attempt(what: () => unknown): unknown {
  try {
    return what();
  } catch {
    return undefined;
  }
}
