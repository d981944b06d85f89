import assert from "node:assert/strict";
import test from "node:test";
import { CfnParameter, Fn, RemovalPolicy } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { AccountPrincipal, Role } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { OpenSlot } from "../lib/index.js";
import type { OpenSlotProps } from "../lib/settings.js";
import { isTree } from "./oracle.js";
import { functionNames, newStack, packages, SENDER, type Violation } from "./stack.js";

function newOpenSlot(props: Partial<OpenSlotProps> = {}, checked = false) {
  const { stack, synth } = newStack(checked);
  const openSlot = new OpenSlot(stack, "OpenSlot", { ...SENDER, packages: packages(), ...props });
  return { stack, openSlot, synth };
}

test("a rule of one's own hears the bus", () => {
  const { stack, openSlot } = newOpenSlot();
  const queue = new Queue(stack, "Crm");
  new Rule(stack, "Confirmed", {
    eventBus: openSlot.bus,
    eventPattern: { detailType: ["booking.confirmed"] },
    targets: [new SqsQueue(queue)],
  });
  const [rule] = Object.values(Template.fromStack(stack).findResources("AWS::Events::Rule"));
  const { EventBusName } = rule?.Properties ?? {};
  assert.deepEqual(valueAt(EventBusName), { "Fn::GetAtt": ["Bus", "Arn"] });
});

test("a role of one's own may read the table and its stream", () => {
  const { stack, openSlot } = newOpenSlot();
  const role = new Role(stack, "Reports", { assumedBy: new AccountPrincipal("123456789012") });
  openSlot.table.grantReadData(role);
  openSlot.table.grantStreamRead(role);
  const text = JSON.stringify(policiesOf(stack, "Reports"));
  assert.match(text, /"dynamodb:Query".*"Resource":\[\{"Fn::GetAtt":\["Table","Arn"\]\}\]/);
  assert.match(text, /"dynamodb:GetRecords".*"Resource":\{"Fn::GetAtt":\["Table","StreamArn"\]\}/);
});

test("a function by its name has its role, which may be granted more", () => {
  const { stack, openSlot } = newOpenSlot();
  new Topic(stack, "Told").grantPublish(openSlot.function("deliver-effects"));
  const [policy] = Object.values(Template.fromStack(stack).findResources("AWS::IAM::Policy"));
  assert.deepEqual(policy?.Properties.Roles, [{ Ref: "DeliverEffectsRole" }]);
});

test("every function can be named, and nothing else", () => {
  const { stack, openSlot } = newOpenSlot();
  for (const name of functionNames()) {
    const arn = stack.resolve(openSlot.function(name).functionArn);
    assert.deepEqual(arn, { "Fn::GetAtt": [logicalId(name), "Arn"] });
  }
  const known = functionNames().join(", ");
  assert.throws(() => openSlot.function("ListSlots"), {
    message: `openslot has no function ListSlots; it has ${known}.`,
  });
});

test("API, distribution and site are those of the template", () => {
  const { stack, openSlot } = newOpenSlot();
  assert.deepEqual(stack.resolve(openSlot.api.apiId), { Ref: "Api" });
  assert.deepEqual(stack.resolve(openSlot.api.apiEndpoint), { "Fn::GetAtt": ["Api", "ApiEndpoint"] });
  assert.deepEqual(stack.resolve(openSlot.distribution.distributionId), { Ref: "Distribution" });
  const domain = stack.resolve(openSlot.distribution.distributionDomainName);
  assert.deepEqual(domain, { "Fn::GetAtt": ["Distribution", "DomainName"] });
  assert.deepEqual(stack.resolve(openSlot.site.bucketName), { Ref: "Site" });
});

test("a resource can be changed beyond the settings, down to whether it outlives the stack", () => {
  const { openSlot, synth } = newOpenSlot();
  openSlot.resource("Table").addPropertyOverride("DeletionProtectionEnabled", false);
  openSlot.resource("Table").applyRemovalPolicy(RemovalPolicy.DESTROY);
  const table = synth().template.Resources?.Table as Record<string, unknown>;
  assert.equal(table.DeletionPolicy, "Delete");
  assert.equal((table.Properties as Record<string, unknown>).DeletionProtectionEnabled, false);
});

test("a topic of the same stack is told of alarms, though no condition may refer to it", () => {
  const { stack, synth } = newStack();
  const topic = new Topic(stack, "Alarms");
  const origins = new CfnParameter(stack, "Origins", { type: "CommaDelimitedList" });
  new OpenSlot(stack, "OpenSlot", {
    ...SENDER,
    packages: packages(),
    alarmTopicArn: topic.topicArn,
    domainName: Fn.importValue("domain"),
    certificateArn: Fn.importValue("certificate"),
    allowedOrigins: origins.valueAsList,
  });
  const { template } = synth();
  const text = JSON.stringify(template);
  assert.doesNotMatch(text, /Token\[/);
  assert.doesNotMatch(JSON.stringify(template.Conditions), /Ref|GetAtt|ImportValue/);
  assert.deepEqual(template.Conditions?.HasAlarmTopic, { "Fn::Not": [{ "Fn::Equals": ["given", ""] }] });
  assert.deepEqual(template.Conditions?.HasAllowedOrigins, { "Fn::Not": [{ "Fn::Equals": ["given", ""] }] });
  assert.match(text, /\["https:\/\/\$\{DomainName\}",\{"DomainName":\{"Fn::ImportValue":"domain"\}\}\]/);
  assert.match(text, /"AlarmActions":\{"Fn::If":\["HasAlarmTopic",\[\{"Ref":"Alarms\w+"\}\]/);
  assert.match(text, /"AllowOrigins":\{"Ref":"Origins"\}/);
});

test("one of several origins may be known to the deployment only", () => {
  const { openSlot, synth } = newOpenSlot({ allowedOrigins: ["https://a.example", Fn.importValue("site")] });
  const { template } = synth();
  assert.deepEqual(template.Conditions?.HasAllowedOrigins, {
    "Fn::Not": [{ "Fn::Equals": ["https://a.examplegiven", ""] }],
  });
  const cors = JSON.stringify(template.Resources?.[openSlot.resource("Api").node.id]);
  assert.match(cors, /"AllowOrigins":\["https:\/\/a\.example",\{"Fn::ImportValue":"site"\}\]/);
});

test("the library's own check of templates finds the one false fault that is acknowledged", () => {
  const { violations, suppressedViolations } = newOpenSlot({}, true).synth().report;
  assert.deepEqual(violations, []);
  assert.deepEqual(suppressedViolations.map(placeOf), ["SendReminders Properties/Events/EveryMinute"]);
});

test("refused: a package that was not built", () => {
  const [missing = "", ...built] = functionNames();
  const { stack } = newStack();
  const make = () => new OpenSlot(stack, "OpenSlot", { ...SENDER, packages: packages(built) });
  assert.throws(make, (error: Error) => {
    assert.match(
      error.message,
      new RegExp(`/${missing}/bootstrap\\.zip is missing\\. \`make package\` builds`),
    );
    return true;
  });
});

test("refused: a second one in the same stack", () => {
  const { stack } = newOpenSlot();
  const make = () => new OpenSlot(stack, "Second", { ...SENDER, packages: packages() });
  assert.throws(make, { message: "A stack holds one OpenSlot, and this one has Meetings/OpenSlot." });
});

function placeOf({ violatingConstructs: [construct] }: Violation): string {
  const { logicalId, propertyPaths } = construct.cloudFormationResource;
  return `${logicalId} ${propertyPaths}`;
}

/** Looks through what cuts a name out of an ARN. */
function valueAt(value: unknown): unknown {
  if (Array.isArray(value)) return valueAt(value.at(-1));
  if (!isTree(value) || "Fn::GetAtt" in value) return value;
  return valueAt(Object.values(value)[0]);
}

function policiesOf(stack: Parameters<typeof Template.fromStack>[0], role: string): unknown[] {
  const policies = Object.entries(Template.fromStack(stack).findResources("AWS::IAM::Policy"));
  return policies.filter(([id]) => id.startsWith(role)).map(([, { Properties }]) => Properties);
}

function logicalId(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
