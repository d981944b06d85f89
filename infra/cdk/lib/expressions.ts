import { isList, isObject, type Json, type JsonObject, mapValues } from "./json.js";
import type { Template } from "./template.js";
import { knownValues, type Values } from "./values.js";

/** Puts values where a part of the template names parameters. What names anything else stays as it is. */
export function substitute(part: Json, values: Values): Json {
  if (isList(part)) return part.map((item) => substitute(item, values));
  if (!isObject(part)) return part;
  if (typeof part.Ref === "string") return values[part.Ref] ?? part;
  if ("Fn::Sub" in part) return { "Fn::Sub": substituteInText(part["Fn::Sub"], values) };
  return mapValues(part, (value) => substitute(value, values));
}

/** A text keeps its placeholders and is told their values beside it, because a value may itself be an expression. */
function substituteInText(sub: Json | undefined, values: Values): Json {
  const [text, own] = isList(sub) ? sub : [sub, {}];
  if (typeof text !== "string" || !isObject(own)) throw new Error(`Not a Fn::Sub: ${JSON.stringify(sub)}`);
  const named = placeholders(text).filter((name) => name in values && !(name in own));
  const added = Object.fromEntries(named.map((name) => [name, textOf(name, values)]));
  const variables = { ...(substitute(own, values) as JsonObject), ...added };
  return Object.keys(variables).length === 0 ? text : [text, variables];
}

/** `${Name}`, but not `${!Name}`, which is a text. */
function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name]) => (name ?? "").trim());
}

function textOf(name: string, values: Values): string {
  const value = values[name];
  if (typeof value === "object") throw new Error(`${name} is a list and cannot stand in a text.`);
  return String(value);
}

/** What a condition asks once the values are known. Joined texts are joined, which conditions may not do. */
export function condition(asked: Json, values: Values): JsonObject {
  return join(substitute(asked, knownValues(values))) as JsonObject;
}

function join(part: Json): Json {
  if (isList(part)) return part.map(join);
  if (!isObject(part)) return part;
  const [separator, texts] = isList(part["Fn::Join"]) ? part["Fn::Join"] : [];
  if (typeof separator !== "string") return mapValues(part, join);
  // A list that only the deployment knows is a text here, the one that says that it is there.
  if (typeof texts === "string") return texts;
  if (isList(texts) && texts.every((text) => typeof text === "string")) return texts.join(separator);
  throw new Error(`A condition joins what is not known yet: ${JSON.stringify(part)}`);
}

/** Holds the values to the template's rules, which CloudFormation would only do when the stack is deployed. */
export function checkRules(rules: Template["Rules"], values: Values): void {
  for (const { RuleCondition, Assertions } of Object.values(rules)) {
    if (RuleCondition !== undefined && !holds(condition(RuleCondition, values))) continue;
    for (const { Assert, AssertDescription } of Assertions) {
      if (!holds(condition(Assert, values))) throw new Error(AssertDescription ?? JSON.stringify(Assert));
    }
  }
}

/** Whether an expression without anything unknown in it is true. */
export function holds(expression: Json): boolean {
  const [[name, operands] = []] = isObject(expression) ? Object.entries(expression) : [];
  if (!isList(operands)) throw new Error(`Not a question: ${JSON.stringify(expression)}`);
  switch (name) {
    case "Fn::Not":
      return !holds(operands[0] ?? null);
    case "Fn::And":
      return operands.every(holds);
    case "Fn::Or":
      return operands.some(holds);
    case "Fn::Equals":
      return operands.every((operand) => literal(operand) === literal(operands[0] ?? null));
    default:
      throw new Error(`The construct cannot answer ${name}.`);
  }
}

function literal(value: Json): string {
  if (typeof value === "object") throw new Error(`Not known before the deployment: ${JSON.stringify(value)}`);
  return String(value);
}
