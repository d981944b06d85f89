import assert from "node:assert/strict";
import test from "node:test";
import { isDeepStrictEqual } from "node:util";
import { type Difference, differences, isTree, samTemplate, type Tree } from "./oracle.js";
import { type Props, plainSynth, SENDER, type Synthesized, synth } from "./stack.js";

const SECTIONS = ["Transform", "Conditions", "Resources", "Outputs"];

/** Every setting set to something that is not its default, so that a value that came from elsewhere shows. */
const ALL: Required<Props> = {
  senderAddress: "team@example.net",
  senderName: "The team",
  senderIdentity: "example.net",
  domainName: "meet.example.net",
  certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/one",
  allowedOrigins: ["https://www.example.net", "https://example.com"],
  priceClass: "PriceClass_All",
  webAclArn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/one/two",
  issuer: "https://login.example.net",
  audience: "openslot",
  secondFactor: "OPTIONAL",
  alarmTopicArn: "arn:aws:sns:eu-west-1:123456789012:alarms",
  logLevel: "debug",
  logRetentionDays: 90,
  tracing: "Active",
  requestsPerSecond: 71,
  bookingsPerSecond: 17,
  originSecretRevision: 3,
  tlsRoots: "system",
};

/** What the template's parameters are when only the sender is said. */
const DEFAULTS: Record<string, unknown> = {
  ...mapNames(SENDER),
  ...Object.fromEntries(
    Object.entries(samTemplate().Parameters as Record<string, Tree>).flatMap(([name, { Default, Type }]) =>
      Default === undefined ? [] : [[name, Type === "CommaDelimitedList" ? [] : Default]],
    ),
  ),
};

test("the resources are those of SAM, with the defaults", () => {
  assert.deepEqual(unexplained(plainSynth(), DEFAULTS), []);
});

test("the resources are those of SAM, with every setting said", () => {
  assert.deepEqual(unexplained(synth(ALL), mapNames(ALL)), []);
});

test("every kind of difference that is allowed occurs, so none is allowed in vain", () => {
  const synthesized = synth(ALL);
  const kinds = parted(synthesized).map((difference) => kindOf(difference, mapNames(ALL), synthesized));
  const wanted = ["default of all functions", "joined", "package", "setting", "setting in a text"];
  assert.deepEqual([...new Set(kinds)].sort(), wanted);
});

test("beside SAM's sections there is only what the CDK asks of its bootstrap", () => {
  const { Parameters, Rules, ...rest } = plainSynth().template;
  assert.deepEqual(Object.keys(Parameters ?? {}), ["BootstrapVersion"]);
  assert.deepEqual(Object.keys(Rules ?? {}), ["CheckBootstrapVersion"]);
  assert.deepEqual(Object.keys(rest).sort(), [...SECTIONS].sort());
});

type Change = (template: Record<string, Tree>, where: string) => void;
const DEFECTS: readonly (readonly [what: string, where: string, change: Change])[] = [
  ["a property is another", "Resources.Table.Properties.BillingMode", set("PROVISIONED")],
  ["a property is gone", "Resources.Table.Properties.StreamSpecification", set(undefined)],
  ["a property is new", "Resources.Table.Properties.TableName", set("openslot")],
  ["a resource is gone", "Resources.OldestOwedAlarm", set(undefined)],
  ["a resource is new", "Resources.Another", set({ Type: "AWS::SNS::Topic" })],
  ["the table may be deleted", "Resources.Table.DeletionPolicy", set("Delete")],
  ["a condition is lost", "Resources.UserPool.Condition", set(undefined)],
  ["a condition is turned round", "Conditions.HasCognito.Fn::Equals.0", set("https://login.example.org")],
  ["an output is another's", "Outputs.TableName.Value.Ref", set("Site")],
  ["the transform is lost", "Transform", set(undefined)],
  [
    "a setting has another's value",
    "Resources.ListSlots.Properties.Environment.Variables.LOG_LEVEL",
    set("x"),
  ],
  [
    "a text is another",
    "Resources.OriginSecret.Properties.Name.Fn::Sub.0",
    set("secret/${OriginSecretRevision}"),
  ],
  ["a default of all functions is another", "Resources.ListSlots.Properties.Runtime", set("nodejs22.x")],
  ["a setting of all functions is another", "Resources.ListSlots.Properties.Tracing", set("Active")],
  ["a function has another's package", "Resources.ListSlots.Properties.CodeUri", takeFrom("CreateBooking")],
];

for (const [what, where, change] of DEFECTS) {
  test(`a defect is named: ${what}`, () => {
    const synthesized = plainSynth();
    change(synthesized.template, where);
    const found = unexplained(synthesized, DEFAULTS).map(({ path }) => path);
    assert.ok(found.length > 0 && found.every((path) => near(path, where)), `${where}: found ${found}`);
  });
}

/** The difference may be seen at the place itself, above it or below it. */
function near(path: string, where: string): boolean {
  return `${path}.`.startsWith(`${where}.`) || `${where}.`.startsWith(`${path}.`);
}

function set(value: unknown): Change {
  return (template, where) => {
    const keys = where.split(".");
    const last = keys.pop() ?? "";
    const parent = keys.reduce<Tree>((tree, key) => tree[key] as Tree, template);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  };
}

function takeFrom(other: string): Change {
  return (template) => {
    const properties = (id: string) =>
      (template.Resources as Record<string, { Properties: Tree }>)[id]?.Properties ?? {};
    properties("ListSlots").CodeUri = properties(other).CodeUri;
  };
}

function mapNames(props: Props): Record<string, unknown> {
  const parameter = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
  return Object.fromEntries(Object.entries(props).map(([name, value]) => [parameter(name), value]));
}

function parted({ template }: Synthesized): readonly Difference[] {
  const sam = samTemplate();
  return SECTIONS.flatMap((section) => differences(sam[section], template[section], section));
}

function unexplained(synthesized: Synthesized, values: Record<string, unknown>): readonly Difference[] {
  return parted(synthesized).filter((difference) => kindOf(difference, values, synthesized) === undefined);
}

/** Why SAM's template and the synthesized one may differ in a place, if they may. */
function kindOf(
  { path, sam, cdk }: Difference,
  values: Record<string, unknown>,
  { asset }: Synthesized,
): string | undefined {
  if (isTree(sam) && typeof sam.Ref === "string" && sam.Ref in values) {
    return isDeepStrictEqual(cdk, values[sam.Ref]) ? "setting" : undefined;
  }
  if (path.endsWith(".Fn::Sub")) return isSameText(sam, cdk, values) ? "setting in a text" : undefined;
  if (path.endsWith(".CodeUri")) return isPackage(sam, cdk, asset) ? "package" : undefined;
  if (path.startsWith("Conditions.")) return isJoined(sam, cdk, values) ? "joined" : undefined;
  const [, name] = path.match(/^Resources\.\w+\.Properties\.(\w+)$/) ?? [];
  const globals = samTemplate().Globals?.Function as Tree;
  if (sam === undefined && name !== undefined && name in globals) {
    return isDeepStrictEqual(cdk, said(globals[name], values)) ? "default of all functions" : undefined;
  }
  return undefined;
}

/** A default may itself be a setting. */
function said(value: unknown, values: Record<string, unknown>): unknown {
  return isTree(value) && typeof value.Ref === "string" ? values[value.Ref] : value;
}

function isSameText(sam: unknown, cdk: unknown, values: Record<string, unknown>): boolean {
  const named = Object.entries(values).filter(([name]) => String(sam).includes(`\${${name}}`));
  const told = Object.fromEntries(named.map(([name, value]) => [name, String(value)]));
  return named.length > 0 && isDeepStrictEqual(cdk, [sam, told]);
}

function isPackage(sam: unknown, cdk: unknown, asset: Synthesized["asset"]): boolean {
  if (typeof sam !== "string" || !isTree(cdk) || typeof cdk.Key !== "string") return false;
  const ours = {
    Bucket: { "Fn::Sub": "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}" },
    Key: cdk.Key,
  };
  return isDeepStrictEqual(cdk, ours) && sam.endsWith(`/${asset(cdk.Key).subarray(22)}/bootstrap.zip`);
}

function isJoined(sam: unknown, cdk: unknown, values: Record<string, unknown>): boolean {
  const [separator, texts] = (isTree(sam) ? sam["Fn::Join"] : undefined) as [string, Tree];
  return cdk === (values[String(texts.Ref)] as string[]).join(separator);
}
