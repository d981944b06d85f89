import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { App, Stack } from "aws-cdk-lib";
import { OpenSlot } from "../lib/index.js";
import type { OpenSlotProps } from "../lib/settings.js";
import { isTree, samTemplate, type Tree } from "./oracle.js";

export const SENDER = { senderAddress: "meet@example.org" };

const folder = mkdtempSync(join(tmpdir(), "openslot-cdk-"));
after(() => rmSync(folder, { recursive: true }));

/** The functions' names, as the template's packages spell them. */
export function functionNames(): readonly string[] {
  const resources = Object.values(samTemplate().Resources ?? {}) as Tree[];
  const codes = resources.map(({ Properties }) => (isTree(Properties) ? Properties.CodeUri : undefined));
  return codes.flatMap((code) => (typeof code === "string" ? [code.split("/").at(-2) ?? ""] : []));
}

/** A folder of packages, each an empty zip whose comment is the function's name, so that no two are alike. */
export function packages(names: readonly string[] = functionNames()): string {
  const here = mkdtempSync(join(folder, "packages-"));
  for (const name of names) {
    mkdirSync(join(here, name));
    writeFileSync(join(here, name, "bootstrap.zip"), emptyZip(name));
  }
  return here;
}

function emptyZip(comment: string): Buffer {
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([end, Buffer.from(comment)]);
}

export type Props = Omit<OpenSlotProps, "packages">;

/**
 * A stack for openslot, and a way to synthesize it. The library's own check of templates takes seconds, so it is made
 * only where a test asks what it says.
 */
export function newStack(checked = false): { readonly stack: Stack; readonly synth: () => Synthesized } {
  process.env.CDK_VALIDATION = String(checked);
  const app = new App({ analyticsReporting: false, outdir: mkdtempSync(join(folder, "out-")) });
  const stack = new Stack(app, "Meetings");
  const synth = () => {
    const assembly = app.synth();
    const file = assembly.getStackByName("Meetings").templateFullPath;
    const template = JSON.parse(readFileSync(file, "utf8"));
    const within = (name: string) => readFileSync(join(assembly.directory, name));
    const [report] = checked
      ? JSON.parse(String(within("validation-report.json"))).pluginReports
      : [NO_REPORT];
    return { template, asset: (key: string) => within(`asset.${key}`), report };
  };
  return { stack, synth };
}

export type Synthesized = {
  readonly template: Record<string, Tree>;
  /** What lies in the assembly under an asset's key. */
  readonly asset: (key: string) => Buffer;
  /** What the library's own check of templates has to say. */
  readonly report: Report;
};

export type Violation = {
  readonly violatingConstructs: readonly [
    {
      readonly cloudFormationResource: {
        readonly logicalId: string;
        readonly propertyPaths: readonly string[];
      };
    },
  ];
};

type Report = {
  readonly violations: readonly Violation[];
  readonly suppressedViolations: readonly Violation[];
};

const NO_REPORT: Report = { violations: [], suppressedViolations: [] };

/** The stack with nothing said but the sender, a copy for each who asks. */
export function plainSynth(): Synthesized {
  plain ??= synth(SENDER);
  return { ...plain, template: structuredClone(plain.template) };
}

let plain: Synthesized | undefined;

export function synth(props: Props): Synthesized {
  const { stack, synth } = newStack();
  new OpenSlot(stack, "OpenSlot", { ...props, packages: packages() });
  return synth();
}
