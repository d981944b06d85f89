import assert from "node:assert/strict";
import test from "node:test";
import { checkRules, holds, substitute } from "../lib/expressions.js";
import type { Json } from "../lib/json.js";
import { readYaml, templateOf } from "../lib/template.js";

const READ: readonly [string, Json][] = [
  ["!Ref Table", { Ref: "Table" }],
  ["!GetAtt Table.Arn", { "Fn::GetAtt": ["Table", "Arn"] }],
  ["!GetAtt Stack.Outputs.Arn", { "Fn::GetAtt": ["Stack", "Outputs.Arn"] }],
  ["!GetAtt [Table, Arn]", { "Fn::GetAtt": ["Table", "Arn"] }],
  ["!If [A, !Ref B, !Sub '${C}']", { "Fn::If": ["A", { Ref: "B" }, { "Fn::Sub": "${C}" }] }],
  ["!Sub ['${C}', {C: !Ref D}]", { "Fn::Sub": ["${C}", { C: { Ref: "D" } }] }],
  ["!Not [!Condition A]", { "Fn::Not": [{ Condition: "A" }] }],
  ["!Select [0, !Split [',', !Ref B]]", { "Fn::Select": [0, { "Fn::Split": [",", { Ref: "B" }] }] }],
  ["!Base64 {Ref: A}", { "Fn::Base64": { Ref: "A" } }],
];

for (const [short, long] of READ) {
  test(`read: ${short}`, () => {
    assert.deepEqual(readYaml(`A: ${short}`), { A: long });
  });
}

test("refused: a short form that nobody knows", () => {
  assert.throws(() => readYaml("A: !Reff Table"), { message: /Unresolved tag: !Reff/ });
});

test("refused: the same name twice", () => {
  assert.throws(() => readYaml("A: 1\nA: 2"), { message: /unique/ });
});

const functionWith = (Properties: Json) => ({
  Resources: { F: { Type: "AWS::Serverless::Function", Properties } },
});

test("a default of all functions gives way to a function's own, and is nothing to other resources", () => {
  const Globals = { Function: { Handler: "bootstrap", Timeout: 3 } };
  const { Resources } = functionWith({ Timeout: 9 });
  const Other = { Type: "AWS::SNS::Topic", Properties: {} };
  const template = templateOf({ Globals, Resources: { ...Resources, Other } });
  assert.deepEqual(template.Resources.F?.Properties, { Handler: "bootstrap", Timeout: 9 });
  assert.deepEqual(template.Resources.Other?.Properties, {});
});

const REFUSED: readonly [string, Parameters<typeof templateOf>[0], RegExp][] = [
  [
    "a section that would be left out",
    { Mappings: {}, Resources: {} },
    /no place for the template's Mappings/,
  ],
  ["Globals of another kind", { Globals: { HttpApi: {} }, Resources: {} }, /no Globals\.HttpApi/],
  [
    "a list in Globals and in a function",
    { Globals: { Function: { Layers: ["a"] } }, ...functionWith({ Layers: ["b"] }) },
    /Layers is set in Globals\.Function and in F/,
  ],
];

for (const [what, template, message] of REFUSED) {
  test(`refused: ${what}`, () => {
    assert.throws(() => templateOf(template), { message });
  });
}

const SUBSTITUTED: readonly [string, Json, Json][] = [
  ["a parameter", { Ref: "Name" }, "Nora"],
  ["a list", { A: { Ref: "Origins" } }, { A: ["https://a.example"] }],
  ["a resource", { Ref: "Table" }, { Ref: "Table" }],
  ["a text", { "Fn::Sub": "${Name} of ${Table}" }, { "Fn::Sub": ["${Name} of ${Table}", { Name: "Nora" }] }],
  ["a number in a text", { "Fn::Sub": "no. ${Count}" }, { "Fn::Sub": ["no. ${Count}", { Count: "3" }] }],
  ["a text about none", { "Fn::Sub": "${Table}" }, { "Fn::Sub": "${Table}" }],
  ["a text that spells it", { "Fn::Sub": "${!Name}" }, { "Fn::Sub": "${!Name}" }],
  [
    "a text with its own variable of that name",
    { "Fn::Sub": ["${Name}", { Name: { Ref: "Count" } }] },
    { "Fn::Sub": ["${Name}", { Name: 3 }] },
  ],
];

for (const [what, part, wanted] of SUBSTITUTED) {
  test(`substituted: ${what}`, () => {
    const values = { Name: "Nora", Count: 3, Origins: ["https://a.example"] };
    assert.deepEqual(substitute(part, values), wanted);
  });
}

test("refused: a list in a text", () => {
  assert.throws(() => substitute({ "Fn::Sub": "${Origins}" }, { Origins: [] }), {
    message: /Origins is a list/,
  });
});

const equals = (left: Json, right: Json) => ({ "Fn::Equals": [left, right] });

test("questions are answered as CloudFormation answers them", () => {
  assert.equal(holds(equals("a", "a")), true);
  assert.equal(holds(equals(1, "1")), true);
  assert.equal(holds({ "Fn::Not": [equals("a", "b")] }), true);
  assert.equal(holds({ "Fn::And": [equals("a", "a"), equals("a", "b")] }), false);
  assert.equal(holds({ "Fn::Or": [equals("a", "b"), equals("a", "a")] }), true);
});

test("refused: a question that cannot be answered before the deployment", () => {
  assert.throws(() => holds(equals({ Ref: "AWS::Region" }, "us-east-1")), { message: /Not known before/ });
  assert.throws(() => holds({ "Fn::Contains": [["a"], "a"] }), { message: /cannot answer Fn::Contains/ });
  assert.throws(() => holds("yes"), { message: /Not a question/ });
});

test("a rule without a condition always counts, one whose condition fails never does", () => {
  const Assertions = [{ Assert: equals({ Ref: "Name" }, "Emil"), AssertDescription: "Emil only." }];
  const RuleCondition = equals({ Ref: "Name" }, "Yuki");
  assert.throws(() => checkRules({ A: { Assertions } }, { Name: "Nora" }), { message: "Emil only." });
  checkRules({ A: { RuleCondition, Assertions } }, { Name: "Nora" });
});
