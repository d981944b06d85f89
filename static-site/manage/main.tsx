// The one place where the page meets the world: its address, the clock, chance, the network and the history.

import { render } from "preact";
import "./manage.css";
import { Alone } from "../components/notice";
import { makeApi } from "../lib/api";
import { type Link, linkIn } from "../lib/link";
import { makeManageApi } from "../lib/manage-api";
import type { Place } from "../lib/managing";
import { browserZone, now } from "../lib/plain-date";
import type { Catalogue } from "../lib/texts/catalogue";
import { chooseLanguage, textsOf } from "../lib/texts/choose";
import type { ManageCatalogue } from "../lib/texts/manage/catalogue";
import { adapted, manageTextsOf } from "../lib/texts/manage/choose";
import { focusOn, keepFocus } from "../page/focus";
import { send } from "../page/send";
import { makeTrail } from "../page/trail";
import type { Outside } from "./outside";
import { Page } from "./page";

const parameters = new URLSearchParams(location.search);
const language = chooseLanguage(navigator.languages, parameters.get("lang") ?? undefined);
document.documentElement.lang = language.locale;
document.documentElement.dir = language.dir;

/** Two of the three languages are at hand; waiting for what is there would cost a frame. */
const [texts, manageTexts] = [textsOf(language.lang), manageTextsOf(language.lang)];
if (texts instanceof Promise || manageTexts instanceof Promise) Promise.all([texts, manageTexts]).then(start);
else start([texts, manageTexts]);

function start([texts, manageTexts]: readonly [Catalogue, ManageCatalogue]) {
  const root = document.getElementById("page");
  if (!root) return;
  const open = () => render(pageOf(adapted(texts, manageTexts), manageTexts), root);
  open();
  // Another link that is pasted over this one is another booking; the browser loads nothing for it.
  addEventListener("hashchange", open);
  keepFocus(root, () => focusOn("times", "booking"));
}

/** The link stays in the address, so that loading the page again shows the booking again. */
function pageOf(texts: Catalogue, manageTexts: ManageCatalogue) {
  const link = linkIn(location.hash);
  if (link === "missing") return <Alone {...manageTexts.linkMissing} />;
  if (link === "broken") return <Alone {...manageTexts.linkBroken} />;
  return <Page key={location.hash} outside={outsideWith(link, texts, manageTexts)} />;
}

function outsideWith(link: Link, texts: Catalogue, manageTexts: ManageCatalogue): Outside {
  return {
    api: makeManageApi(send, link),
    meetingType: makeApi(send).meetingType,
    texts,
    manageTexts,
    language,
    zone: browserZone(),
    supportedZones: () => Intl.supportedValuesOf("timeZone"),
    now,
    freshKey: () => crypto.randomUUID(),
    trail: makeTrail(window, placeOf, { step: "show" }),
  };
}

/** What the history kept, if it is a place of this page. */
function placeOf(kept: object): Place | undefined {
  if (!("step" in kept)) return undefined;
  return kept.step === "show" || kept.step === "move" ? { step: kept.step } : undefined;
}
