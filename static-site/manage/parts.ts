import { h } from "preact";
import { TimesToCome } from "../components/times";
import { later } from "../page/later";

const rest = () => import("./rest");
const toCome = () => h("div", { class: "side" }, h(TimesToCome, { slow: false }));

export const MovingLater = later(() => rest().then(({ Moving }) => Moving), toCome);
export const ConfirmCancelLater = later(() => rest().then(({ ConfirmCancel }) => ConfirmCancel));

/** All that is needed from the first click on. It is here before anybody has read the booking. */
export function loadTheRest() {
  // What cannot be had now is asked for again when it is needed, and said then.
  for (const { load } of [MovingLater, ConfirmCancelLater]) load().catch(() => undefined);
}
