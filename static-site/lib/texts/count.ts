// How a language counts.

/** Picks the form for a number; "#" in it becomes the number. */
export function counter(locale: string): (count: number, one: string, other: string) => string {
  const rules = new Intl.PluralRules(locale);
  const digits = new Intl.NumberFormat(locale);
  return (count, one, other) =>
    (rules.select(count) === "one" ? one : other).replaceAll("#", digits.format(count));
}
