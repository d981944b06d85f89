// Whether a value that came from elsewhere has the shape that was agreed on.

export type Reader<T> = (value: unknown) => value is T;

export const text: Reader<string> = (value) => typeof value === "string";
export const number: Reader<number> = (value) => typeof value === "number";
export const flag: Reader<boolean> = (value) => typeof value === "boolean";

export const nothing: Reader<null> = (value) => value === null;

/** A value of one kind that also passes a test. */
export function when<T>(read: Reader<T>, test: (value: T) => boolean): Reader<T> {
  return (value): value is T => read(value) && test(value);
}

export function anyOf<A, B>(one: Reader<A>, other: Reader<B>): Reader<A | B> {
  return (value): value is A | B => one(value) || other(value);
}

export function optional<T>(read: Reader<T>): Reader<T | undefined> {
  return (value): value is T | undefined => value === undefined || read(value);
}

export function list<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(read);
}

/** An object whose members, whatever they are called, are all of one kind. */
export function record<T>(read: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> =>
    typeof value === "object" && value !== null && Object.values(value).every(read);
}

/** An object with these members; it may have others. */
export function object<T extends object>(members: { readonly [K in keyof T]: Reader<T[K]> }): Reader<T> {
  const readers = Object.entries<Reader<unknown>>(members);
  return (value): value is T => {
    if (typeof value !== "object" || value === null) return false;
    return readers.every(([name, read]) => read((value as Record<string, unknown>)[name]));
  };
}
