import type { Node } from "constructs";
import type { OpenSlotProps } from "../lib/settings.js";
import { readTemplate } from "../lib/template.js";
import { fromText, settingOf } from "../lib/values.js";

/** The settings that the context holds. On the command line they are texts; the template knows which mean numbers. */
export function settingsOf(context: Node): OpenSlotProps {
  const said = Object.entries(readTemplate().Parameters).flatMap(([parameter, definition]) => {
    const name = settingOf(parameter);
    const value = context.tryGetContext(name);
    if (value === undefined) return [];
    return [[name, typeof value === "string" ? fromText(definition, value) : value] as const];
  });
  const packages = context.tryGetContext("packages");
  const where = packages === undefined ? [] : [["packages", packages] as const];
  // The construct checks what is in it, and says what is missing.
  return Object.fromEntries([...said, ...where]) as unknown as OpenSlotProps;
}
