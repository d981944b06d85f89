// The names that zones go by today. Browsers answer with those that zones had when they were named.

import { RENAMED, split } from "./cities";
import { type Zone, zoneOffset } from "./plain-date";

/** Where a zone's old name and its new one differ in more than the city. */
const MOVED: Readonly<Record<Zone, Zone>> = {
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
};

/** The name that a zone goes by today, whatever the browser calls it. */
export function currentName(zone: Zone): Zone {
  const [head, last = ""] = split(zone);
  const city = Object.hasOwn(RENAMED, last) ? RENAMED[last]?.replaceAll(" ", "_") : last;
  return MOVED[zone] ?? (head ? `${head}/${city}` : zone);
}

/** The name to book under, because letters show it: today's, if this browser can tell the time by it. */
export function currentZone(zone: Zone): Zone {
  const current = currentName(zone);
  return current === zone || zoneOffset(current, 0) === undefined ? zone : current;
}
