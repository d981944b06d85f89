// The link in a letter: what stands behind the "#" of the manage page.

/** The right to one booking. The secret goes into one header, and nowhere else. */
export type Link = { readonly id: string; readonly secret: string };

/** `missing`: there is nothing behind the "#". `broken`: what is there can be nobody's link. */
export type LinkFound = Link | "missing" | "broken";

/** Mail programs take a full stop or a bracket that follows an address for a part of it; neither is in a link. */
export function linkIn(fragment: string): LinkFound {
  const text = fragment.replace(/^#/, "").replace(/[^\w-]+$/, "");
  if (text === "") return "missing";
  const [, id, secret] = /^([\w-]{1,64})\.([\w-]{1,64})$/.exec(text) ?? [];
  return id && secret ? { id, secret } : "broken";
}
