import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Resource, TEMPLATE_PATH } from "./template.js";

/** A function's name, which is that of its folder too. */
export function nameOf(resource: Resource): string {
  return basename(dirname(codeOf(resource)));
}

/** Where a function's zip lies: where the template says, or in a folder of the same names elsewhere. */
export function packageOf(resource: Resource, folder: string | undefined): string {
  const code = codeOf(resource);
  const path =
    folder === undefined
      ? resolve(dirname(TEMPLATE_PATH), code)
      : join(folder, nameOf(resource), basename(code));
  if (existsSync(path)) return path;
  throw new Error(`${path} is missing. \`make package\` builds the functions into target/lambda.`);
}

function codeOf({ Properties: { CodeUri } }: Resource): string {
  if (typeof CodeUri === "string" && CodeUri.endsWith(".zip")) return CodeUri;
  throw new Error(`A function's CodeUri must be a zip, and is ${JSON.stringify(CodeUri)}.`);
}
