import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import ts from "typescript";
import { checkout, samTemplate, type Tree } from "./oracle.js";
import { type Props, plainSynth, SENDER, synth } from "./stack.js";

type Setting = { name: string; type: string; optional: boolean; says: string; default?: string };

/** The settings as a reader of the code sees them. */
function settings(): readonly Setting[] {
  const path = checkout("infra/cdk/lib/settings.ts");
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const declared = source.statements.filter(ts.isInterfaceDeclaration);
  const own = declared.find(({ name }) => name.text === "OpenSlotSettings");
  return [...(own?.members ?? [])].filter(ts.isPropertySignature).map(settingOf);
}

function settingOf(member: ts.PropertySignature): Setting {
  const [doc] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  const text = (comment: ts.JSDoc["comment"]) =>
    (ts.getTextOfJSDocComment(comment) ?? "").replaceAll(/\s+/g, " ");
  const byDefault = doc?.tags?.find(({ tagName }) => tagName.text === "default");
  return {
    name: member.name.getText(),
    type: member.type?.getText() ?? "",
    optional: member.questionToken !== undefined,
    says: text(doc?.comment),
    ...(byDefault === undefined ? {} : { default: text(byDefault.comment) }),
  };
}

/** Each way in which the settings and the template's parameters disagree. */
function disagreements(declared: readonly Setting[], parameters: Record<string, Tree>): readonly string[] {
  const wanted = Object.keys(parameters).map((name) => name.charAt(0).toLowerCase() + name.slice(1));
  const extra = declared
    .filter(({ name }) => !wanted.includes(name))
    .map(({ name }) => `${name}: no parameter`);
  const wrong = wanted.flatMap((name, index) => {
    const setting = declared.find((candidate) => candidate.name === name);
    if (setting === undefined) return [`${name}: no setting`];
    return faults(setting, Object.values(parameters)[index] ?? {}).map((fault) => `${name}: ${fault}`);
  });
  return [...extra, ...wrong];
}

function faults(setting: Setting, parameter: Tree): readonly string[] {
  const { Default } = parameter;
  const found: string[] = [];
  if (setting.type !== typeOf(parameter)) found.push(`type ${setting.type}`);
  if (setting.optional !== (Default !== undefined)) found.push("needed or not");
  if (setting.says.length < 10) found.push("says nothing");
  if (Default === "" && !setting.default?.startsWith("- ")) found.push("default in words");
  if (Default !== "" && setting.default !== JSON.stringify(Default)) found.push(`default ${setting.default}`);
  return found;
}

function typeOf({ Type, AllowedValues }: Tree): string {
  if (Type === "Number") return "number";
  if (Type === "CommaDelimitedList") return "readonly string[]";
  return Array.isArray(AllowedValues)
    ? AllowedValues.map((value) => JSON.stringify(value)).join(" | ")
    : "string";
}

const parameters = () => samTemplate().Parameters as Record<string, Tree>;

test("the settings are the template's parameters, with their types and defaults", () => {
  assert.deepEqual(disagreements(settings(), parameters()), []);
});

const DEFECTS: readonly [string, string, (setting: Setting[], parameter: Record<string, Tree>) => void][] = [
  ["a setting is missing", "senderName: no setting", (declared) => drop(declared, "senderName")],
  [
    "a setting sets nothing",
    "colour: no parameter",
    (declared) => declared.push({ ...first(declared), name: "colour" }),
  ],
  [
    "a parameter is new",
    "colour: no setting",
    (_, known) => Object.assign(known, { Colour: { Type: "String" } }),
  ],
  [
    "a default changed",
    "requestsPerSecond: default 200",
    (_, known) => Object.assign(known.RequestsPerSecond ?? {}, { Default: 300 }),
  ],
  [
    "a choice is new",
    'logLevel: type "error" | "warn" | "info" | "debug" | "trace"',
    (_, known) => Object.assign(known.LogLevel ?? {}, { AllowedValues: ["loud", "quiet"] }),
  ],
  ["a default is gone", "senderName: needed or not", (_, known) => delete known.SenderName?.Default],
  [
    "nothing is said",
    "senderAddress: says nothing",
    (declared) => Object.assign(first(declared), { says: "" }),
  ],
];

for (const [what, named, change] of DEFECTS) {
  test(`a disagreement is named: ${what}`, () => {
    const [declared, known] = [[...settings()], parameters()];
    change(declared, known);
    assert.ok(disagreements(declared, known).includes(named), String(disagreements(declared, known)));
  });
}

function drop(declared: Setting[], name: string): void {
  declared.splice(
    declared.findIndex((setting) => setting.name === name),
    1,
  );
}

function first(declared: readonly Setting[]): Setting {
  const [setting] = declared;
  assert.ok(setting);
  return setting;
}

test("README.md has the settings as the code has them", () => {
  const row = ({ name, says, default: byDefault = "*needed*" }: Setting) =>
    `| \`${name}\` | ${byDefault.replace(/^- /, "")} | ${says} |`;
  const table = ["| setting | default | what it is |", "| --- | --- | --- |", ...settings().map(row)].join(
    "\n",
  );
  const readme = readFileSync(checkout("infra/cdk/README.md"), "utf8");
  assert.ok(readme.includes(`\n${table}\n`), `README.md wants this table:\n${table}`);
});

const REFUSED: readonly [string, object, RegExp][] = [
  ["no sender", {}, /^OpenSlot needs senderAddress\. The address that letters come from/],
  [
    "no address",
    { senderAddress: "Nora" },
    /^senderAddress must be an e-mail address such as meet@example\.org, and is "Nora"\.$/,
  ],
  ["an empty name", { ...SENDER, senderName: "" }, /^senderName must have at least 1 char/],
  ["a long name", { ...SENDER, senderName: "x".repeat(101) }, /^senderName must have at most 100 char/],
  [
    "an unknown choice",
    { ...SENDER, logLevel: "loud" },
    /^logLevel must be one of error, warn, info, debug, trace/,
  ],
  [
    "days that CloudWatch does not know",
    { ...SENDER, logRetentionDays: 31 },
    /^logRetentionDays must be one of 1, 3,/,
  ],
  [
    "too small a number",
    { ...SENDER, requestsPerSecond: 0 },
    /^requestsPerSecond must be at least 1, and is 0\.$/,
  ],
  ["no number", { ...SENDER, requestsPerSecond: "many" }, /^requestsPerSecond must be a number/],
  ["not a number", { ...SENDER, requestsPerSecond: Number.NaN }, /^requestsPerSecond must be a number/],
  ["a number for a text", { ...SENDER, senderName: 1 }, /^senderName must be a text/],
  [
    "a text for a list",
    { ...SENDER, allowedOrigins: "https://a.example" },
    /^allowedOrigins must be a list of texts/,
  ],
  [
    "two origins in one",
    { ...SENDER, allowedOrigins: ["https://a.example,https://b.example"] },
    /^allowedOrigins must be a list/,
  ],
  [
    "an origin that is a page",
    { ...SENDER, allowedOrigins: ["https://a.example/book"] },
    /^allowedOrigins must be origins/,
  ],
  [
    "a certificate from elsewhere",
    { ...SENDER, certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/one" },
    /^certificateArn must match/,
  ],
  [
    "an issuer with a slash at its end",
    { ...SENDER, issuer: "https://login.example.org/", audience: "a" },
    /^issuer must match/,
  ],
  [
    "a name without its certificate",
    { ...SENDER, domainName: "meet.example.org" },
    /^A DomainName needs the CertificateArn/,
  ],
  [
    "an issuer without its audience",
    { ...SENDER, issuer: "https://login.example.org" },
    /^An Issuer needs the Audience/,
  ],
  ["a setting that is none", { ...SENDER, sender: "Nora" }, /^OpenSlot has no setting sender\.$/],
];

for (const [what, props, message] of REFUSED) {
  test(`refused: ${what}`, () => {
    assert.throws(() => synth(props as Props), { message });
  });
}

test("a setting that is undefined is one that was not said", () => {
  const undefinedName = { ...SENDER, senderName: undefined } as unknown as Props;
  assert.deepEqual(synth(undefinedName).template, plainSynth().template);
});
