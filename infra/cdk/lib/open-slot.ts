import {
  CfnCondition,
  type CfnDeletionPolicy,
  CfnOutput,
  CfnResource,
  Stack,
  Token,
  Validations,
} from "aws-cdk-lib";
import { HttpApi, type IHttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Distribution, type IDistribution } from "aws-cdk-lib/aws-cloudfront";
import { type ITable, Table } from "aws-cdk-lib/aws-dynamodb";
import { EventBus, type IEventBus } from "aws-cdk-lib/aws-events";
import { Role } from "aws-cdk-lib/aws-iam";
import { type IFunction, Function as Lambda } from "aws-cdk-lib/aws-lambda";
import { Bucket, type IBucket } from "aws-cdk-lib/aws-s3";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import { Construct } from "constructs";
import { checkRules, condition, substitute } from "./expressions.js";
import { type Json, type JsonObject, mapValues } from "./json.js";
import { nameOf, packageOf } from "./packages.js";
import type { OpenSlotProps } from "./settings.js";
import { FUNCTION_TYPE, type Output, type Resource, readTemplate, targetOf } from "./template.js";
import { type Values, valuesOf } from "./values.js";

/**
 * openslot in a stack of yours. Every resource is the one of `infra/sam/template.yaml`, under the same logical id; only
 * the parameters have their values, and the functions their packages. The stack keeps the SAM transform.
 */
export class OpenSlot extends Construct {
  /** Hosts, meeting types, bookings and what they owe, in one table; ARCHITECTURE.md says what lies where. */
  readonly table: ITable;
  /** The bus on which rules of yours hear what happened to bookings. */
  readonly bus: IEventBus;
  /** The HTTP API. Guests and hosts reach it through the distribution, without which it answers nobody. */
  readonly api: IHttpApi;
  /** What stands in front of site and API. */
  readonly distribution: IDistribution;
  /** The bucket that the built site goes into. */
  readonly site: IBucket;

  readonly #resources: Readonly<Record<string, CfnResource>>;
  readonly #functions: Readonly<Record<string, IFunction>>;

  constructor(scope: Construct, id: string, props: OpenSlotProps) {
    super(scope, id);
    refuseSecond(this);
    const { packages, ...settings } = props;
    const template = readTemplate();
    const values = valuesOf(template.Parameters, settings);
    checkRules(template.Rules, values);

    Stack.of(this).addTransform(template.Transform);
    const conditions = this.#addConditions(template.Conditions, values);
    this.#resources = this.#addResources(template.Resources, values);
    this.#addOutputs(template.Outputs, values, conditions);
    this.#functions = this.#packFunctions(template.Resources, packages);
    this.table = Table.fromTableAttributes(this, "Table", {
      tableArn: this.#attribute("Table", "Arn"),
      tableStreamArn: this.#attribute("Table", "StreamArn"),
    });
    this.bus = EventBus.fromEventBusArn(this, "Bus", this.#attribute("Bus", "Arn"));
    this.api = HttpApi.fromHttpApiAttributes(this, "Api", {
      httpApiId: this.resource("Api").ref,
      apiEndpoint: this.#attribute("Api", "ApiEndpoint"),
    });
    this.distribution = Distribution.fromDistributionAttributes(this, "Distribution", {
      distributionId: this.resource("Distribution").ref,
      domainName: this.#attribute("Distribution", "DomainName"),
    });
    this.site = Bucket.fromBucketName(this, "Site", this.resource("Site").ref);
  }

  /** A function by the name of its folder, such as `create-booking`. */
  function(name: string): IFunction {
    return find(this.#functions, name, "function");
  }

  /** Any resource by its logical id in the template, to change what no setting changes. */
  resource(logicalId: string): CfnResource {
    return find(this.#resources, logicalId, "resource");
  }

  #attribute(logicalId: string, name: string): string {
    return this.resource(logicalId).getAtt(name).toString();
  }

  #addConditions(conditions: Readonly<Record<string, Json>>, values: Values): Record<string, CfnCondition> {
    const scope = new Construct(this, "Conditions");
    return mapValues(conditions, (asked, name) => {
      const added = new CfnCondition(scope, name, { expression: Token.asAny(condition(asked, values)) });
      added.overrideLogicalId(name);
      return added;
    });
  }

  #addResources(resources: Readonly<Record<string, Resource>>, values: Values): Record<string, CfnResource> {
    const scope = new Construct(this, "Resources");
    return mapValues(resources, (resource, id) => {
      const { Type, Properties = {}, ...rest } = substitute(resource, values) as Resource;
      const added = new CfnResource(scope, id, { type: Type, properties: Properties });
      added.overrideLogicalId(id);
      complete(added, rest);
      return added;
    });
  }

  #addOutputs(
    outputs: Readonly<Record<string, Output>>,
    values: Values,
    conditions: Readonly<Record<string, CfnCondition>>,
  ): void {
    const scope = new Construct(this, "Outputs");
    for (const [id, { Value, Description, Condition, ...rest }] of Object.entries(outputs)) {
      if (Object.keys(rest).length > 0)
        throw new Error(`The construct has no place for all of the output ${id}.`);
      const output = new CfnOutput(scope, id, { value: Token.asString(substitute(Value, values)) });
      output.overrideLogicalId(id);
      if (Description !== undefined) output.description = Description;
      if (Condition !== undefined) output.condition = find(conditions, Condition, "condition");
    }
  }

  #packFunctions(
    resources: Readonly<Record<string, Resource>>,
    packages: string | undefined,
  ): Record<string, IFunction> {
    const scope = new Construct(this, "Functions");
    const functions = Object.entries(resources).filter(([, { Type }]) => Type === FUNCTION_TYPE);
    return Object.fromEntries(
      functions.map(([id, resource]) => [
        nameOf(resource),
        this.#packFunction(scope, id, resource, packages),
      ]),
    );
  }

  #packFunction(scope: Construct, id: string, resource: Resource, packages: string | undefined): IFunction {
    const zip = new Asset(scope, `${id}Package`, { path: packageOf(resource, packages) });
    this.resource(id).addPropertyOverride("CodeUri", { Bucket: zip.s3BucketName, Key: zip.s3ObjectKey });
    Validations.of(this.resource(id)).acknowledge(EXPANDED_WRONG);
    const role = this.resource(targetOf(resource.Properties.Role));
    return Lambda.fromFunctionAttributes(scope, id, {
      functionArn: this.#attribute(id, "Arn"),
      role: Role.fromRoleName(scope, `${id}Role`, role.ref),
      sameEnvironment: true,
    });
  }
}

/**
 * The library expands functions by a transform of its own, which loses the schedule of an event whose dead-letter queue
 * is an attribute, and then it looks no further. What the real one makes of the template is checked beside it.
 */
const EXPANDED_WRONG = {
  id: "CloudFormation-Validate::E0001",
  reason: "SAM's own translator takes the event as it is.",
};

/** Its resources are named after the stack, so two of them would quarrel about each name. */
function refuseSecond(own: OpenSlot): void {
  const other = Stack.of(own)
    .node.findAll()
    .find((construct) => construct instanceof OpenSlot && construct !== own);
  if (other !== undefined)
    throw new Error(`A stack holds one OpenSlot, and this one has ${other.node.path}.`);
}

/** What a resource says beside its type and properties. Policies are set so that `applyRemovalPolicy` still works. */
function complete(resource: CfnResource, { DeletionPolicy, UpdateReplacePolicy, ...rest }: JsonObject): void {
  resource.cfnOptions.deletionPolicy = DeletionPolicy as CfnDeletionPolicy;
  resource.cfnOptions.updateReplacePolicy = UpdateReplacePolicy as CfnDeletionPolicy;
  for (const [attribute, value] of Object.entries(rest)) resource.addOverride(attribute, value);
}

function find<Value>(among: Readonly<Record<string, Value>>, name: string, kind: string): Value {
  const found = among[name];
  if (found !== undefined) return found;
  throw new Error(`openslot has no ${kind} ${name}; it has ${Object.keys(among).join(", ")}.`);
}
