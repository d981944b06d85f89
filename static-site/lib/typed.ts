// What people type and paste, as the server will take it.

/** One line: trimmed, without what cannot be seen; line breaks and tabs become spaces. */
export function line(text: string): string {
  return trimmed(visible(text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, " ")));
}

/** Several lines, with one kind of line end. */
export function paragraphs(text: string): string {
  return trimmed(visible(text.replace(/\r\n?|\u2028|\u2029/g, "\n")));
}

/** Characters as the server counts them: code points, so an emoji may be several. */
export function count(text: string): number {
  return [...text].length;
}

/** The first characters of a text. */
export function cut(text: string, most: number): string {
  return [...text].slice(0, most).join("");
}

/**
 * Copied numbers and names bring along control characters and marks that turn the direction of what follows. The
 * server refuses those; nobody sees them, so nobody could take them out. Lone halves of a pair are no text at all.
 */
function visible(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu, "");
}

/** White space as the server counts it, which is not quite what `trim` does. */
function trimmed(text: string): string {
  return text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
}

/** An address without the invisible characters that copying adds. */
export function emailAddress(text: string): string {
  return line(text)
    .replace(/\p{Cf}/gu, "")
    .replace(/^mailto:/i, "");
}

/**
 * Whether the server would write to an address: ASCII, no quotes, a local part of atoms (RFC 5322) and a domain with a
 * dot. Must not be stricter than the server is.
 */
export function isEmailAddress(text: string): boolean {
  const at = text.lastIndexOf("@");
  const [local, labels] = [text.slice(0, at), text.slice(at + 1).split(".")];
  if (at < 1 || local.length > 64 || text.length > 254 || labels.length < 2) return false;
  return local.split(".").every(isAtom) && labels.every(isLabel);
}

function isAtom(text: string): boolean {
  return /^[\w!#$%&'*+\-/=?^`{|}~]+$/.test(text);
}

function isLabel(text: string): boolean {
  return text.length <= 63 && isAtom(text) && /^[a-z\d](.*[a-z\d])?$/i.test(text);
}

/** A number with the dashes and spaces that the server knows. */
export function phoneNumber(text: string): string {
  return line(text.normalize("NFKC"))
    .replace(/\p{Cf}/gu, "")
    .replace(/\p{Pd}/gu, "-")
    .replace(/\p{Zs}/gu, " ");
}

export function isPhoneNumber(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  return digits >= 5 && digits <= 20 && /^[\d +\-()./]*$/.test(text);
}

/** A web address as the server wants it: "example.org/ada" is meant as a secure one. */
export function webAddress(text: string): string {
  const address = line(text);
  const isBare = /^[\p{L}\d-]+(\.[\p{L}\d-]+)+([:/?#]\S*)?$/u.test(address);
  return isBare ? `https://${address}` : address.replace(/^https?:\/\//i, (scheme) => scheme.toLowerCase());
}

export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\p{White_Space}]+$/u.test(text);
}
