export { OpenSlot } from "./open-slot.js";
export type { OpenSlotProps, OpenSlotSettings } from "./settings.js";
