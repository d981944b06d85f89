// What people call the places that zones are named for.

/** Browsers keep answering with the names that cities had when their zones were named. */
export const RENAMED: Readonly<Record<string, string>> = {
  Asmera: "Asmara",
  Calcutta: "Kolkata",
  Dacca: "Dhaka",
  Enderbury: "Kanton",
  Faeroe: "Faroe",
  Godthab: "Nuuk",
  Katmandu: "Kathmandu",
  Kiev: "Kyiv",
  Ponape: "Pohnpei",
  Rangoon: "Yangon",
  Saigon: "Ho Chi Minh",
  Truk: "Chuuk",
};

/** The names that German has of its own. */
const GERMAN = table(
  `Addis Ababa=Addis Abeba,Algiers=Algier,Athens=Athen,Azores=Azoren,Baghdad=Bagdad,Belgrade=Belgrad,
  Bishkek=Bischkek,Brussels=Brüssel,Bucharest=Bukarest,Cairo=Kairo,Canary=Kanarische Inseln,
  Chisinau=Kischinau,Copenhagen=Kopenhagen,Damascus=Damaskus,Djibouti=Dschibuti,Faroe=Färöer,Havana=Havanna,
  Hong Kong=Hongkong,Karachi=Karatschi,Khartoum=Khartum,Kyiv=Kiew,Lisbon=Lissabon,Luxembourg=Luxemburg,
  Mexico City=Mexiko-Stadt,Moscow=Moskau,Nicosia=Nikosia,Prague=Prag,Reykjavik=Reykjavík,Riyadh=Riad,
  Rome=Rom,Singapore=Singapur,Tashkent=Taschkent,Tbilisi=Tiflis,Tehran=Teheran,Tirane=Tirana,Tokyo=Tokio,
  Tripoli=Tripolis,Ulaanbaatar=Ulan-Bator,Vatican=Vatikan,Vienna=Wien,Warsaw=Warschau,Yerevan=Jerewan,
  Zurich=Zürich`,
);

/** The city of a zone, with its state where America has several of that name; `undefined` for bare offsets. */
export function cityOf(zone: string, locale: string): string | undefined {
  if (/^(Etc\/)?(UTC|UCT|GMT|Zulu|Universal|Greenwich)$/i.test(zone)) return "UTC";
  const [head, last = zone] = split(zone);
  if (head === "Etc") return undefined;
  const old = last.replaceAll("_", " ");
  const city = Object.hasOwn(RENAMED, last) ? (RENAMED[last] ?? old) : old;
  return (locale.startsWith("de") ? (GERMAN.get(city) ?? city) : city) + stateOf(head);
}

/** ", Indiana" */
function stateOf(head: string): string {
  const state = head.split("/")[1];
  return state && state !== "Argentina" ? `, ${state.replaceAll("_", " ")}` : "";
}

export function split(zone: string): [string, string | undefined] {
  const at = zone.lastIndexOf("/");
  return at < 0 ? ["", undefined] : [zone.slice(0, at), zone.slice(at + 1)];
}

export function table(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(/,\s*/).map((row) => row.split("=") as [string, string]));
}
