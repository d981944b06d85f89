"""What is kept when the stack goes, and what tells that something is wrong."""

import json
import re

from described import FUNCTION, named, source

# What losing it would cost: bookings, links in letters, logins, the site.
KEPT = ("Table", "KeyringKey", "UserPool", "Site")
TWO_WEEKS_SECS = 14 * 24 * 60 * 60
# Events of SES hold addresses of guests.
KEPT_SECS = {"RecordMailEventsFailed": 4 * 24 * 60 * 60}
# The name under which send-reminders says how much waits; no other stack of the account has it.
OWN = "openslot/${AWS::StackName}"
# The metrics that there are, with the dimensions they are asked for by.
METRICS = {
    OWN: {"parked": set(), "oldest_owed_seconds": set()},
    "AWS/Lambda": {
        "Errors": {"FunctionName"},
        "Duration": {"FunctionName"},
        "Throttles": set(),
    },
    "AWS/SQS": {"ApproximateNumberOfMessagesVisible": {"QueueName"}},
    "AWS/ApiGateway": {
        "Count": {"ApiId"},
        "4xx": {"ApiId"},
        "5xx": {"ApiId"},
        "Latency": {"ApiId"},
    },
    "AWS/DynamoDB": {"ConsumedReadCapacityUnits": {"TableName"}, "ConsumedWriteCapacityUnits": {"TableName"}},
    "AWS/SES": {
        "Reputation.BounceRate": {"ses:configuration-set"},
        "Reputation.ComplaintRate": {"ses:configuration-set"},
    },
}
OF = {
    "FunctionName": FUNCTION,
    "QueueName": "AWS::SQS::Queue",
    "ApiId": "AWS::ApiGatewayV2::Api",
    "TableName": "AWS::DynamoDB::Table",
    "ses:configuration-set": "AWS::SES::ConfigurationSet",
}


def table(stack):
    """The table is as the adapter wants it, and can be had back."""
    one = stack.properties("Table")
    keys = source("shared/adapters/dynamodb/src/keys.rs")
    name = {what: re.search(rf'const {what}: &str = "([^"]+)"', keys)[1] for what in ("PARTITION", "SORT", "TTL")}
    schema = [(part["AttributeName"], part["KeyType"]) for part in one["KeySchema"]]
    if schema != [(name["PARTITION"], "HASH"), (name["SORT"], "RANGE")]:
        yield f"Table: its keys are {schema}"
    if one.get("TimeToLiveSpecification") != {"AttributeName": name["TTL"], "Enabled": True}:
        yield f"Table: old items stay, since {name['TTL']} is not what ends them"
    if one.get("StreamSpecification") != {"StreamViewType": "KEYS_ONLY"}:
        yield "Table: its stream carries more than keys, or there is none"
    if one.get("BillingMode") != "PAY_PER_REQUEST":
        yield "Table: costs something while nobody books"
    if not one.get("PointInTimeRecoverySpecification", {}).get("PointInTimeRecoveryEnabled"):
        yield "Table: cannot be had back as it was"
    if one.get("DeletionProtectionEnabled") is not True:
        yield "Table: can be deleted by a slip"


def retained(stack):
    for name in KEPT:
        one = stack.resources[name]
        if {one.get("DeletionPolicy"), one.get("UpdateReplacePolicy")} != {"Retain"}:
            yield f"{name}: goes with the stack"


def queues(stack):
    """What was given up stays long enough to be looked at, unreadable to others, and those who bring it may."""
    policies = stack.of("AWS::SQS::QueuePolicy").values()
    for name, queue in stack.of("AWS::SQS::Queue").items():
        if queue.get("MessageRetentionPeriod") != KEPT_SECS.get(name, TWO_WEEKS_SECS):
            yield f"{name}: forgets too soon, or too late"
        if queue.get("SqsManagedSseEnabled") is not True:
            yield f"{name}: stands in plain text"
    for name, rule in stack.translated.of("AWS::Events::Rule").items():
        for target in rule["Targets"]:
            queue = named(target.get("DeadLetterConfig", {}).get("Arn"))
            brought = [one["PolicyDocument"]["Statement"] for one in policies if named(one["Queues"][0]) == queue]
            if not any(_lets(name, statement) for several in brought for statement in several):
                yield f"{name}: may not put what it gives up into {queue}"


def _lets(rule, statement):
    condition = statement.get("Condition", {}).get("ArnEquals", {}).get("aws:SourceArn")
    return statement["Principal"] == {"Service": "events.amazonaws.com"} and named(condition) == rule


def alarms(stack):
    """Every alarm asks for a metric that there is, of something that there is, and says what it thinks of silence."""
    for name, alarm in stack.of("AWS::CloudWatch::Alarm").items():
        dimensions = {one["Name"]: one["Value"] for one in alarm.get("Dimensions", [])}
        namespace = alarm["Namespace"]
        namespace = namespace["Fn::Sub"] if isinstance(namespace, dict) else namespace
        if METRICS.get(namespace, {}).get(alarm["MetricName"]) != dimensions.keys():
            yield f"{name}: there is no metric {namespace} {alarm['MetricName']} by {sorted(dimensions)}"
        for dimension, value in dimensions.items():
            if named(value) not in stack.of(OF.get(dimension, "")):
                yield f"{name}: watches what is not there"
        if "TreatMissingData" not in alarm or not alarm.get("AlarmDescription"):
            yield f"{name}: does not say what silence means, or what to do"
        if "HasAlarmTopic" not in json.dumps(alarm.get("AlarmActions", "")):
            yield f"{name}: tells nobody"
    if stack.properties("SendReminders")["Environment"]["Variables"].get("METRICS_NAMESPACE") != {"Fn::Sub": OWN}:
        yield f"SendReminders: does not say how much waits under {OWN}"
    watched = {(one["MetricName"], _subject(one)) for one in stack.of("AWS::CloudWatch::Alarm").values()}
    wanted = {("parked", None), ("oldest_owed_seconds", None), ("Throttles", None), ("5xx", "Api")}
    wanted |= {("Errors", name) for name in stack.of(FUNCTION)}
    wanted |= {("ApproximateNumberOfMessagesVisible", name) for name in stack.of("AWS::SQS::Queue")}
    yield from (f"nothing watches {metric} of {subject or 'all'}" for metric, subject in wanted - watched)


def _subject(alarm):
    return next((named(one["Value"]) for one in alarm.get("Dimensions", [])), None)


def dashboard(stack):
    """The dashboard is JSON and shows metrics that there are, of what there is."""
    body = stack.properties("Dashboard")["DashboardBody"]["Fn::Sub"]
    for widget in json.loads(body)["widgets"]:
        for metric in widget["properties"]["metrics"]:
            namespace, name, *rest = [part for part in metric if isinstance(part, str)]
            dimensions = dict(zip(rest[::2], rest[1::2]))
            if METRICS.get(namespace, {}).get(name) != dimensions.keys():
                yield f"Dashboard: there is no metric {namespace} {name} by {sorted(dimensions)}"
            for dimension, value in dimensions.items():
                if named({"Fn::Sub": value}) not in stack.of(OF.get(dimension, "")):
                    yield f"Dashboard: {value} is not there"


def letters(stack):
    """SES says on the default bus which letters went out, and those of this stack reach record-mail-events."""
    destination = stack.properties("MailEvents")["EventDestination"]
    bus = destination.get("EventBridgeDestination", {}).get("EventBusArn", {}).get("Fn::Sub", "")
    if not bus.endswith(":event-bus/default"):
        yield "MailEvents: SES reaches the default bus and no other"
    if "SEND" not in destination["MatchingEventTypes"] or destination.get("Enabled") is not True:
        yield "MailEvents: SES does not say which letters went out"
    rules = stack.translated.of("AWS::Events::Rule").values()
    heard = [one for one in rules if named(one["Targets"][0]["Arn"]) == "RecordMailEvents"]
    detail = heard[0]["EventPattern"].get("detail", {}) if heard else {}
    tags = detail.get("mail", {}).get("tags", {})
    if detail.get("eventType") != ["Send"] or tags.get("ses:configuration-set") != [{"Ref": "ConfigurationSet"}]:
        yield "RecordMailEvents: hears of others' letters, or not of its own"


def stream(stack):
    """The stream starts deliver-effects for what is newly owed and for nothing else."""
    prefix = re.search(r'OWED_PREFIX: &str = "([^"]+)"', source("shared/adapters/dynamodb/src/keys.rs"))[1]
    wanted = {"eventName": ["INSERT"], "dynamodb": {"Keys": {"PK": {"S": [{"prefix": prefix}]}}}}
    for name, mapping in stack.translated.of("AWS::Lambda::EventSourceMapping").items():
        filters = mapping.get("FilterCriteria", {}).get("Filters", [])
        if [json.loads(one["Pattern"]) for one in filters] != [wanted]:
            yield f"{name}: is started for more or less than inserts under {prefix}"
        if mapping.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
            yield f"{name}: one record that failed takes its whole batch along"
