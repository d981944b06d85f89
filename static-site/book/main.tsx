// The one place where the page meets the world: its address, the clock, chance, the network and the history.

import { render } from "preact";
import "./book.css";
import { makeApi } from "../lib/api";
import { currentZone } from "../lib/current-zone";
import { typedDraft } from "../lib/kept";
import { browserZone, now } from "../lib/plain-date";
import { prefill as read } from "../lib/prefill";
import { chooseLanguage, textsOf } from "../lib/texts/choose";
import { keepFocus } from "../page/focus";
import { makeKept } from "../page/kept";
import { send } from "../page/send";
import { makeTrail } from "../page/trail";
import { focusTimes } from "./effects";
import type { Outside } from "./outside";
import { Page } from "./page";
import { placeOf } from "./place";

const prefill = read(new URLSearchParams(location.search));
const language = chooseLanguage(navigator.languages, prefill.lang);
document.documentElement.lang = language.locale;
document.documentElement.dir = language.dir;

/** Two of the three languages are at hand; waiting for what is there would cost a frame. */
const texts = textsOf(language.lang);
if (texts instanceof Promise) texts.then(open);
else open(texts);

function open(texts: Outside["texts"]) {
  const root = document.getElementById("page");
  if (!root) return;
  render(<Page outside={outsideWith(texts)} />, root);
  keepFocus(root, focusTimes);
}

function outsideWith(texts: Outside["texts"]): Outside {
  const zone = browserZone();
  const api = makeApi(send);
  const slug = slugIn(location.pathname);
  return {
    api,
    slug,
    freshKey: () => crypto.randomUUID(),
    kept: (name, isIt) => makeKept(window, `openslot.${name}.${slug}`, isIt),
    draft: makeKept(window, `openslot.draft.${slug}`, typedDraft),
    prefill,
    texts,
    language,
    zone: zone && currentZone(zone),
    supportedZones: () => Intl.supportedValuesOf("timeZone"),
    page: location.origin + location.pathname,
    referrer: document.referrer,
    now,
    trail: makeTrail(window, placeOf, { step: "choose" }),
  };
}

/** "intro" of "/book/intro". An address that cannot be read is one that nobody knows. */
function slugIn(path: string): string {
  const [, slug = ""] = /^\/book\/([^/]+)/.exec(path) ?? [];
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug;
  }
}
