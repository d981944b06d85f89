"""The stack, made by moto out of what SAM makes of the template: that the parts are wired to each other.

moto makes neither routes, distribution, secret nor what belongs to SES, and cannot say what a bus is called; they are
left out, and what refers to them gets a name instead. It ignores time to live, recovery and encryption, which the
rules look at in the template.
"""

import io
import json
import re
import zipfile
from contextlib import contextmanager
from unittest import mock

import boto3
import described
import pytest
from moto import mock_aws

UNKNOWN = (
    "AWS::ApiGatewayV2::",
    "AWS::CloudFront::",
    "AWS::SecretsManager::",
    "AWS::SES::",
    "AWS::Events::EventBus",
    "AWS::CloudWatch::Dashboard",
    "AWS::Lambda::Permission",
)
ACCOUNT = {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none", "AWS_DEFAULT_REGION": "eu-central-1"}


def known(template, outputs=None, unknown=UNKNOWN):
    """What moto can make, with names in place of what it cannot."""
    resources = template["Resources"]
    left_out = {name for name, one in resources.items() if one["Type"].startswith(unknown)}
    kept = {name: one for name, one in resources.items() if name not in left_out}
    return template | {"Resources": _without(kept, left_out), "Outputs": outputs or {}}


def _without(value, left_out):
    if isinstance(value, dict):
        if described.named(value) in left_out:
            return _named(value)
        return {key: _without(inner, left_out) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, left_out) for inner in value]
    return value


def _named(value):
    if "Fn::Sub" not in value:
        return f"{described.named(value)}-by-name"
    return {"Fn::Sub": re.sub(r"\$\{([A-Za-z0-9]+)[^}]*\}", r"\1-by-name", value["Fn::Sub"])}


@contextmanager
def made(stack, outputs=None):
    """The stack in an account of its own, by the physical names of its resources."""
    with mock.patch.dict("os.environ", ACCOUNT), mock_aws():
        package(ACCOUNT["AWS_DEFAULT_REGION"])
        cloud = boto3.client("cloudformation")
        cloud.create_stack(
            StackName="openslot",
            TemplateBody=json.dumps(known(stack.translated.template, outputs)),
            Parameters=[{"ParameterKey": "SenderAddress", "ParameterValue": "meet@example.org"}],
            Capabilities=["CAPABILITY_IAM"],
        )
        found = cloud.describe_stack_resources(StackName="openslot")["StackResources"]
        # moto names neither the mapping nor what hangs on it.
        named = [one for one in found if "PhysicalResourceId" in one]
        yield {one["LogicalResourceId"]: one["PhysicalResourceId"] for one in named}


def package(region):
    """The code of every function, where the template looks for it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("bootstrap", "#!/bin/sh\n")
    store = boto3.client("s3")
    store.create_bucket(Bucket=described.PACKAGES, CreateBucketConfiguration={"LocationConstraint": region})
    store.put_object(Bucket=described.PACKAGES, Key="bootstrap.zip", Body=packed.getvalue())


@pytest.fixture(scope="module")
def stack():
    return described.read()


@pytest.fixture(scope="module")
def names(stack):
    with made(stack) as names:
        yield names


def test_the_table_has_its_keys_and_its_stream(names):
    table = boto3.client("dynamodb").describe_table(TableName=names["Table"])["Table"]
    assert [(key["AttributeName"], key["KeyType"]) for key in table["KeySchema"]] == [("PK", "HASH"), ("SK", "RANGE")]
    assert table["StreamSpecification"] == {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table["DeletionProtectionEnabled"] is True


def test_every_function_is_made_with_its_environment(stack, names):
    made = {one["FunctionName"]: one for one in boto3.client("lambda").list_functions()["Functions"]}
    assert {f"openslot-{folder}" for folder in described.folders()} == made.keys()
    for name, function in stack.of(described.FUNCTION).items():
        one = made[f"openslot-{described.kebab(name)}"]
        given = one["Environment"]["Variables"]
        assert given.keys() == function["Environment"]["Variables"].keys()
        assert given["TABLE_NAME"] == names["Table"]
        assert all(given.values()), given
        assert one["Role"].endswith(f"/{names[f'{name}Role']}")
        assert (one["Timeout"], one["MemorySize"]) == (function["Timeout"], function["MemorySize"])


def test_names_are_handed_to_who_needs_them(names):
    given = boto3.client("lambda").get_function_configuration(FunctionName="openslot-deliver-effects")
    given = given["Environment"]["Variables"]
    assert given["KMS_KEY_ID"].endswith(f":key/{names['KeyringKey']}")
    assert (given["EVENT_BUS_NAME"], given["SES_CONFIGURATION_SET"]) == ("Bus-by-name", "ConfigurationSet-by-name")
    assert (given["BASE_URL"], given["SENDER_ADDRESS"]) == ("https://Distribution-by-name", "meet@example.org")
    assert (given["SENDER_NAME"], given["LOG_LEVEL"]) == ("openslot", "info")


def test_the_stream_starts_deliver_effects(names):
    [mapping] = boto3.client("lambda").list_event_source_mappings()["EventSourceMappings"]
    table = boto3.client("dynamodb").describe_table(TableName=names["Table"])["Table"]
    assert mapping["EventSourceArn"] == table["LatestStreamArn"]
    assert mapping["FunctionArn"].endswith(":openslot-deliver-effects")
    assert mapping["DestinationConfig"]["OnFailure"]["Destination"] == _arn(names["DeliverEffectsFailed"])
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_the_rules_start_what_they_are_for(names):
    events = boto3.client("events")
    rules = {one["Name"]: one for one in events.list_rules()["Rules"]}
    for name, function, queue in (
        ("SendRemindersEveryMinute", "send-reminders", "SendRemindersFailed"),
        ("RecordMailEventsLetterSent", "record-mail-events", "RecordMailEventsFailed"),
    ):
        rule = rules[names[name]]
        assert rule["State"] == "ENABLED"
        [target] = events.list_targets_by_rule(Rule=rule["Name"])["Targets"]
        assert target["Arn"].endswith(f":openslot-{function}")
        assert target["DeadLetterConfig"]["Arn"] == _arn(names[queue])
        assert target["RetryPolicy"].keys() == {"MaximumEventAgeInSeconds", "MaximumRetryAttempts"}
    assert rules[names["SendRemindersEveryMinute"]]["ScheduleExpression"] == "rate(1 minute)"
    pattern = json.loads(rules[names["RecordMailEventsLetterSent"]]["EventPattern"])
    assert pattern["detail"]["mail"]["tags"]["ses:configuration-set"] == ["ConfigurationSet-by-name"]


def test_a_letter_that_was_sent_reaches_its_rule_and_others_do_not(names):
    """With the event that SES publishes, on a bus of its own where a queue listens by the same pattern."""
    events, queues = boto3.client("events"), boto3.client("sqs")
    pattern = events.describe_rule(Name=names["RecordMailEventsLetterSent"])["EventPattern"]
    queue = queues.create_queue(QueueName="listener")["QueueUrl"]
    events.create_event_bus(Name="mail")
    events.put_rule(Name="listener", EventBusName="mail", EventPattern=pattern)
    events.put_targets(Rule="listener", EventBusName="mail", Targets=[{"Id": "queue", "Arn": _arn(queue)}])

    def reaches(tags, kind="Send", detail_type="Email Sent"):
        detail = json.dumps({"eventType": kind, "mail": {"messageId": "0100", "tags": tags}})
        event = {"EventBusName": "mail", "Source": "aws.ses", "DetailType": detail_type, "Detail": detail}
        events.put_events(Entries=[event])
        return len(queues.receive_message(QueueUrl=queue).get("Messages", [])) == 1

    ours = {"ses:configuration-set": ["ConfigurationSet-by-name"], "effect": ["YQ"]}
    assert reaches(ours)
    assert not reaches({"ses:configuration-set": ["ConfigurationSet-by-name"]})
    assert not reaches(ours | {"ses:configuration-set": ["another-stack"]})
    assert not reaches(ours, kind="Bounce", detail_type="Email Bounced")


def test_a_function_may_do_what_its_policy_says_and_has_no_other(stack, names):
    rights = boto3.client("iam")
    for name in stack.of(described.FUNCTION):
        role = names[f"{name}Role"]
        assert rights.list_attached_role_policies(RoleName=role)["AttachedPolicies"] == []
        assert rights.list_role_policies(RoleName=role)["PolicyNames"] == [described.kebab(name)]


def _arn(url):
    attributes = boto3.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    return attributes["Attributes"]["QueueArn"]
