import { h } from "preact";
import { TimesToCome } from "../components/times";
import { later } from "../page/later";

const rest = () => import("./rest");
const toCome = () => h(TimesToCome, { slow: false });

export const DetailsLater = later(() => rest().then(({ Details }) => Details), toCome);
export const BookedLater = later(() => rest().then(({ Booked }) => Booked), toCome);
export const MissedLater = later(() => rest().then(({ Missed }) => Missed));
export const ZoneSearchLater = later(() => rest().then(({ ZoneSearch }) => ZoneSearch));

/** All that is needed from the first click on. It is here before anybody has read the times. */
export function loadTheRest() {
  // What cannot be had now is asked for again when it is needed, and said then.
  for (const { load } of [DetailsLater, BookedLater, MissedLater, ZoneSearchLater])
    load().catch(() => undefined);
}
