// What the page needs from the first click on.

export { Booked } from "../components/booked";
export { Missed } from "../components/missed";
export { ZoneSearch } from "../components/zone-search";
export { Details } from "./details";
