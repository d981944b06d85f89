// The places that people look for and that no zone is named for: loaded with the search, not with the page.

import { table } from "./cities";
import { currentName } from "./current-zone";

/** What the zones of many countries are called. */
const SHARED: Readonly<Record<string, string>> = {
  "~CET": "Central European Time;Mitteleuropäische Zeit;CET;CEST;MEZ;MESZ",
  "~EET": "Eastern European Time;Osteuropäische Zeit;EET;EEST;OEZ;OESZ",
  "~ET": "Eastern Time;EST;EDT;ET",
  "~CT": "Central Time;CST;CDT;CT",
  "~MT": "Mountain Time;MST;MDT;MT",
  "~PT": "Pacific Time;PST;PDT;PT",
};

/** By zone: its most looked-for places first, then its country, and how people there and elsewhere call the zone. */
const WELL_KNOWN = table(
  `America/New_York=Washington;Boston;Miami;Atlanta;Philadelphia;Orlando;~ET,
  America/Chicago=Dallas;Houston;Austin;San Antonio;New Orleans;Minneapolis;Nashville;~CT,
  America/Denver=Salt Lake City;Albuquerque;~MT,
  America/Los_Angeles=San Francisco;Seattle;San Diego;Las Vegas;Portland;Silicon Valley;~PT,
  America/Phoenix=Tucson;Arizona,America/Anchorage=Alaska;AKST;AKDT,Pacific/Honolulu=Hawaii;HST,
  America/Toronto=Ottawa;Montreal;Québec;~ET,America/Vancouver=Victoria;~PT,America/Edmonton=Calgary;~MT,America/Winnipeg=Manitoba;~CT,America/Detroit=Michigan;~ET,
  America/Halifax=Atlantic Time;AST;ADT,America/St_Johns=Newfoundland;Neufundland,
  America/Mexico_City=Guadalajara;Puebla;México,America/Monterrey=Monterrey,
  America/Sao_Paulo=Rio de Janeiro;Brasília;Belo Horizonte;Curitiba;Brazil;Brasilien;BRT,
  America/Argentina/Buenos_Aires=Rosario;Argentina;Argentinien;ART,America/Bogota=Medellín;Cali;Colombia;Kolumbien,
  America/Lima=Peru,America/Santiago=Valparaíso;Chile,America/Caracas=Venezuela,America/La_Paz=Santa Cruz;Bolivia,
  America/Montevideo=Uruguay,America/Guayaquil=Quito;Ecuador,America/Costa_Rica=San José,
  Europe/London=Manchester;Birmingham;Liverpool;Edinburgh;Glasgow;Cardiff;Belfast;England;Scotland;Wales;United Kingdom;UK;GMT;BST;Greenwich Mean Time;British Summer Time,
  Europe/Dublin=Cork;Galway;Ireland;Irland,Europe/Lisbon=Porto;Portugal;WET;WEST;WEZ,
  Europe/Berlin=Munich;München;Hamburg;Frankfurt;Cologne;Köln;Stuttgart;Düsseldorf;Leipzig;Dresden;Nürnberg;Hannover;Bremen;Germany;Deutschland;~CET,
  Europe/Zurich=Geneva;Genf;Genève;Basel;Bern;Lausanne;Switzerland;Schweiz;~CET,
  Europe/Vienna=Salzburg;Graz;Linz;Innsbruck;Austria;Österreich;~CET,Europe/Paris=Lyon;Marseille;Toulouse;Nice;France;Frankreich;~CET,
  Europe/Madrid=Barcelona;Valencia;Seville;Spain;Spanien;~CET,Europe/Rome=Milan;Mailand;Naples;Turin;Florence;Venice;Italy;Italien;~CET,
  Europe/Amsterdam=Rotterdam;The Hague;Utrecht;Eindhoven;Netherlands;Niederlande;~CET,Europe/Brussels=Antwerp;Ghent;Belgium;Belgien;~CET,
  Europe/Copenhagen=Aarhus;Denmark;Dänemark;~CET,Europe/Stockholm=Gothenburg;Göteborg;Malmö;Sweden;Schweden;~CET,
  Europe/Oslo=Bergen;Norway;Norwegen;~CET,Europe/Helsinki=Tampere;Espoo;Finland;Finnland;~EET,
  Europe/Warsaw=Kraków;Cracow;Krakau;Wrocław;Breslau;Gdańsk;Poznań;Poland;Polen;~CET,Europe/Prague=Brno;Czechia;Tschechien;~CET,
  Europe/Budapest=Hungary;Ungarn;~CET,Europe/Bucharest=Cluj;Romania;Rumänien;~EET,Europe/Athens=Thessaloniki;Greece;Griechenland;~EET,
  Europe/Kyiv=Lviv;Odesa;Kharkiv;Kiev;Ukraine;~EET,Europe/Moscow=Saint Petersburg;Sankt Petersburg;Russia;Russland;MSK,
  Europe/Istanbul=Ankara;Izmir;Turkey;Türkei;Türkiye,Atlantic/Canary=Las Palmas;Tenerife;Teneriffa,Atlantic/Reykjavik=Iceland;Island,
  Africa/Cairo=Alexandria;Egypt;Ägypten,Africa/Johannesburg=Cape Town;Kapstadt;Durban;Pretoria;South Africa;Südafrika;SAST,
  Africa/Lagos=Abuja;Nigeria;WAT,Africa/Nairobi=Mombasa;Kenya;Kenia;EAT,Africa/Casablanca=Rabat;Marrakesh;Morocco;Marokko,
  Africa/Accra=Ghana,Africa/Addis_Ababa=Ethiopia;Äthiopien,
  Asia/Jerusalem=Tel Aviv;Haifa;Israel,Asia/Dubai=Abu Dhabi;Emirates;GST,Asia/Riyadh=Jeddah;Mecca;Saudi Arabia;Arabian Time,
  Asia/Karachi=Lahore;Islamabad;Pakistan;PKT,
  Asia/Kolkata=Mumbai;Delhi;New Delhi;Bangalore;Bengaluru;Chennai;Hyderabad;Pune;Bombay;Madras;Calcutta;India;Indien;IST,
  Asia/Dhaka=Chittagong;Bangladesh,Asia/Colombo=Sri Lanka,Asia/Kathmandu=Pokhara;Nepal,Asia/Yangon=Rangoon;Myanmar,
  Asia/Bangkok=Chiang Mai;Thailand,Asia/Ho_Chi_Minh=Hanoi;Saigon;Da Nang;Vietnam,
  Asia/Jakarta=Bandung;Surabaya;Indonesia;Indonesien;WIB,Asia/Makassar=Bali;Denpasar,
  Asia/Singapore=SGT,Asia/Kuala_Lumpur=Penang;Malaysia,Asia/Manila=Cebu;Quezon City;Philippines;Philippinen,
  Asia/Shanghai=Beijing;Peking;Shenzhen;Guangzhou;Chengdu;Hangzhou;Wuhan;China,Asia/Hong_Kong=HKT,Asia/Taipei=Kaohsiung;Taiwan,
  Asia/Tokyo=Osaka;Kyoto;Yokohama;Nagoya;Sapporo;Fukuoka;Japan;JST,Asia/Seoul=Busan;Incheon;South Korea;Südkorea;KST,
  Asia/Tashkent=Samarkand,Asia/Almaty=Astana;Kazakhstan,
  Australia/Sydney=Canberra;Newcastle;Wollongong;Australia;Australien;AEST;AEDT,Australia/Melbourne=Geelong,
  Australia/Brisbane=Gold Coast;Cairns,Australia/Perth=AWST,Australia/Adelaide=ACST;ACDT,
  Pacific/Auckland=Wellington;Christchurch;New Zealand;Neuseeland;NZST;NZDT,UTC=GMT;Coordinated Universal Time;Koordinierte Weltzeit;Zulu`,
);

/** The places of a zone, and how many there are besides the names it shares with others. */
export function placesOf(zone: string): { readonly places: readonly string[]; readonly weight: number } {
  const own = WELL_KNOWN.get(currentName(zone))?.split(";") ?? [];
  return { places: own.flatMap((place) => SHARED[place]?.split(";") ?? place), weight: own.length };
}
