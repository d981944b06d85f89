// One wish to book has one key, however often it has to be sent.

export type Intent<T> = { readonly body: T; readonly key: string };

/** The same request keeps its key, so that a repeat books nothing new; a changed one gets a fresh key. */
export function keyFor<T>(body: T, previous: Intent<T> | undefined, fresh: () => string): Intent<T> {
  if (previous && JSON.stringify(previous.body) === JSON.stringify(body)) return previous;
  return { body, key: fresh() };
}
