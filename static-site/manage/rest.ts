// What the page needs from the first click on.

export { ConfirmCancel } from "../components/change";
export { Moving } from "./moving";
