import { Token } from "aws-cdk-lib";
import { type Json, mapValues } from "./json.js";
import type { Parameter, Template } from "./template.js";

/** The value of each of the template's parameters. */
export type Values = Readonly<Record<string, string | number | readonly string[]>>;
type Value = Values[string];
type Settings = Readonly<Record<string, Value | undefined>>;

/** Takes from the settings what is said and from the template what is not, and holds each to the template's limits. */
export function valuesOf(parameters: Template["Parameters"], settings: object): Values {
  const said = settings as Settings;
  const unknown = Object.keys(said).find((name) => !(parameterOf(name) in parameters));
  if (unknown !== undefined) throw new Error(`OpenSlot has no setting ${unknown}.`);
  const entries = Object.entries(parameters).map(([parameter, definition]) => {
    const name = settingOf(parameter);
    return [parameter, settle(name, definition, said[name])] as const;
  });
  return Object.fromEntries(entries);
}

/** `senderAddress` sets `SenderAddress`. */
export function parameterOf(setting: string): string {
  return setting.charAt(0).toUpperCase() + setting.slice(1);
}

export function settingOf(parameter: string): string {
  return parameter.charAt(0).toLowerCase() + parameter.slice(1);
}

/** What a text means to a parameter, as CloudFormation reads a default. */
export function fromText(definition: Parameter, text: string): Value {
  if (definition.Type === "Number") return Number(text);
  if (definition.Type !== "CommaDelimitedList") return text;
  return text === "" ? [] : text.split(",").map((part) => part.trim());
}

/**
 * What conditions and rules are told instead of the values: CloudFormation lets them see no resource, and all they
 * ask is whether there is a value. One that only the deployment knows counts as there.
 */
export function knownValues(values: Values): Values {
  return mapValues(values, known);
}

function known(value: Value): Value {
  if (Token.isUnresolved(value)) return "given";
  return typeof value === "object" ? value.map((part) => (Token.isUnresolved(part) ? "given" : part)) : value;
}

function settle(name: string, definition: Parameter, said: Value | undefined): Value {
  if (said === undefined) {
    if (definition.Default !== undefined) return fromText(definition, String(definition.Default));
    throw new Error(`OpenSlot needs ${name}. ${definition.Description ?? ""}`.trim());
  }
  // What only the deployment knows, nobody can check before it.
  if (!Token.isUnresolved(said)) check(name, definition, said);
  return said;
}

function check(name: string, definition: Parameter, value: Value): void {
  const mistyped = typeProblem(definition, value);
  const problem = mistyped ?? limitProblem(definition, value);
  if (problem === undefined) return;
  // The template's own words are about its limits, and would not help who gave a text for a list.
  const wanted = mistyped ?? definition.ConstraintDescription ?? problem;
  throw new Error(`${name} ${wanted}, and is ${JSON.stringify(value)}.`);
}

function typeProblem({ Type }: Parameter, value: Value): string | undefined {
  switch (Type) {
    case "Number":
      return typeof value === "number" && Number.isFinite(value) ? undefined : "must be a number";
    case "CommaDelimitedList":
      return isListOfText(value) ? undefined : "must be a list of texts";
    case "String":
      return typeof value === "string" ? undefined : "must be a text";
    default:
      throw new Error(`The construct knows no parameters of type ${Type}.`);
  }
}

/** CloudFormation holds each part of a list to the limits of its parameter. */
function limitProblem(definition: Parameter, value: Value): string | undefined {
  if (typeof value === "number") return numberProblem(definition, value);
  if (typeof value === "string") return textProblem(definition, value);
  const known = value.filter((part) => !Token.isUnresolved(part));
  return known.map((part) => textProblem(definition, part)).find((problem) => problem !== undefined);
}

function isListOfText(value: Json): boolean {
  return Array.isArray(value) && value.every((part) => typeof part === "string" && !part.includes(","));
}

function numberProblem(definition: Parameter, value: number): string | undefined {
  const { MinValue = -Infinity, MaxValue = Infinity } = definition;
  if (value < MinValue) return `must be at least ${MinValue}`;
  if (value > MaxValue) return `must be at most ${MaxValue}`;
  return allowedProblem(definition, value);
}

function textProblem(definition: Parameter, value: string): string | undefined {
  const { MinLength = 0, MaxLength = Infinity, AllowedPattern } = definition;
  if (value.length < MinLength) return `must have at least ${MinLength} characters`;
  if (value.length > MaxLength) return `must have at most ${MaxLength} characters`;
  if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`, "u").test(value)) {
    return `must match ${AllowedPattern}`;
  }
  return allowedProblem(definition, value);
}

function allowedProblem({ AllowedValues }: Parameter, value: string | number): string | undefined {
  if (AllowedValues === undefined || AllowedValues.includes(value)) return undefined;
  return `must be one of ${AllowedValues.join(", ")}`;
}
