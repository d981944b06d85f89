import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type CollectionTag, parseDocument, type ScalarTag } from "yaml";
import { isObject, type Json, type JsonObject, mapValues } from "./json.js";

/** The one description of the stack, which SAM deploys as it is. */
export const TEMPLATE_PATH = fileURLToPath(new URL("../../../sam/template.yaml", import.meta.url));

export type Parameter = {
  readonly Type: string;
  readonly Description?: string;
  readonly Default?: string | number;
  readonly AllowedPattern?: string;
  readonly AllowedValues?: readonly (string | number)[];
  readonly ConstraintDescription?: string;
  readonly MinLength?: number;
  readonly MaxLength?: number;
  readonly MinValue?: number;
  readonly MaxValue?: number;
};

export type Rule = {
  readonly RuleCondition?: Json;
  readonly Assertions: readonly { readonly Assert: Json; readonly AssertDescription?: string }[];
};

export type Resource = { readonly Type: string; readonly Properties: JsonObject } & JsonObject;

export type Output = { readonly Value: Json; readonly Description?: string; readonly Condition?: string };

export type Template = {
  readonly Transform: string;
  readonly Parameters: Readonly<Record<string, Parameter>>;
  readonly Rules: Readonly<Record<string, Rule>>;
  readonly Conditions: Readonly<Record<string, Json>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, Output>>;
};

export const FUNCTION_TYPE = "AWS::Serverless::Function";

/** Reads the template. The defaults of its `Globals` are written into each function, see `withGlobals`. */
export function readTemplate(path: string = TEMPLATE_PATH): Template {
  return templateOf(readYaml(readFileSync(path, "utf8")));
}

/** YAML with the short forms of CloudFormation (`!Ref Table`) in their long ones (`{ Ref: "Table" }`). */
export function readYaml(text: string): JsonObject {
  const document = parseDocument(text, { customTags: (tags) => [...tags, ...SHORT_FORMS] });
  // An unknown short form is a warning to the reader of YAML; here it would be a property with its meaning lost.
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) throw problem;
  return document.toJS();
}

/** Checks that nothing is in the template that the construct would leave out. */
export function templateOf(read: JsonObject): Template {
  for (const section of Object.keys(read)) {
    if (!SECTIONS.has(section)) throw new Error(`The construct has no place for the template's ${section}.`);
  }
  const { Transform, Globals = {}, Parameters = {}, Rules = {}, Conditions = {}, Outputs = {} } = read;
  const Resources = withGlobals(read.Resources as Template["Resources"], Globals as JsonObject);
  return { Transform, Parameters, Rules, Conditions, Resources, Outputs } as Template;
}

// `Metadata` only sorts the parameters for the console, where a stack of the CDK has none.
const SECTIONS = new Set([
  "AWSTemplateFormatVersion",
  "Transform",
  "Description",
  "Metadata",
  "Globals",
  "Parameters",
  "Rules",
  "Conditions",
  "Resources",
  "Outputs",
]);

/**
 * `Globals` would speak to every function of the stack that the construct is in, those of others too; so each of ours
 * gets its own copy. Where SAM would merge two maps or lists this refuses, because it knows no such rule.
 */
export function withGlobals(resources: Template["Resources"], globals: JsonObject): Template["Resources"] {
  const { Function: defaults = {}, ...others } = globals;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new Error(`The construct knows no Globals.${other}, only Globals.Function.`);
  return mapValues(resources, (resource, id) =>
    resource.Type === FUNCTION_TYPE ? withDefaults(resource, defaults as JsonObject, id) : resource,
  );
}

function withDefaults(resource: Resource, defaults: JsonObject, id: string): Resource {
  for (const [name, value] of Object.entries(defaults)) {
    if (name in resource.Properties && typeof value === "object") {
      throw new Error(`${name} is set in Globals.Function and in ${id}; the construct cannot merge them.`);
    }
  }
  return { ...resource, Properties: { ...defaults, ...resource.Properties } };
}

type Node = { toJSON(): Json };
const LISTS = ["And", "Equals", "FindInMap", "If", "Join", "Not", "Or", "Select", "Split", "Sub"];
const MAPS = ["Transform"];
const TEXTS = ["Base64", "GetAZs", "ImportValue", "Sub"];

const SHORT_FORMS: (ScalarTag | CollectionTag)[] = [
  text("Ref", (name) => ({ Ref: name })),
  text("Condition", (name) => ({ Condition: name })),
  text("GetAtt", (path) => ({ "Fn::GetAtt": partsOf(path) })),
  ...TEXTS.map((name) => text(name, (value) => ({ [`Fn::${name}`]: value }))),
  ...[...LISTS, "GetAtt", "Cidr"].map((name) => collection(name, "seq")),
  ...[...MAPS, "Base64"].map((name) => collection(name, "map")),
];

function text(name: string, longForm: (value: string) => JsonObject): ScalarTag {
  return { tag: `!${name}`, resolve: longForm };
}

function collection(name: string, kind: "seq" | "map"): CollectionTag {
  const resolve = (node: unknown) => ({ [`Fn::${name}`]: (node as Node).toJSON() });
  return { tag: `!${name}`, collection: kind, resolve };
}

/** `Table.Arn` is an attribute of a resource; what stands behind a second dot belongs to the attribute. */
function partsOf(path: string): readonly string[] {
  const dot = path.indexOf(".");
  return [path.slice(0, dot), path.slice(dot + 1)];
}

/** The name of a resource that is said as `!GetAtt Name.Arn`. */
export function targetOf(value: Json | undefined): string {
  const path = isObject(value) ? value["Fn::GetAtt"] : undefined;
  if (Array.isArray(path) && typeof path[0] === "string") return path[0];
  throw new Error(`Not an attribute of a resource: ${JSON.stringify(value)}`);
}
