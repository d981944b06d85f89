"""What runs: the functions, what starts them, and what was given up."""

from doctor.checking import checks

CHECKS, check = checks()
FUNCTION = "AWS::Lambda::Function"
STARTED_BY_RULES = {"SendRemindersEveryMinute": "SendReminders", "RecordMailEventsLetterSent": "RecordMailEvents"}
QUEUES = {
    "DeliverEffectsFailed": "deliver-effects",
    "SendRemindersFailed": "send-reminders",
    "RecordMailEventsFailed": "record-mail-events",
}


def configured(deployed):
    """Each function as it is in the account, by its name in the template."""
    clients = deployed.client("lambda")
    parts = deployed.parts_of(FUNCTION)
    return {name: clients.get_function_configuration(FunctionName=one) for name, one in parts.items()}


@check("the functions are ready")
def functions(deployed):
    found = configured(deployed)
    if not found:
        yield "the stack has none: deploy it again"
    for name, one in found.items():
        if one["State"] not in ("Active", "Inactive"):
            yield f"{name} is {one['State']} ({one.get('StateReason', 'no reason given')}): deploy the stack again"
        if one["LastUpdateStatus"] != "Successful":
            reason = one.get("LastUpdateStatusReason", "no reason given")
            yield f"{name}: its last update is {one['LastUpdateStatus']} ({reason}): wait, or deploy the stack again"


@check("the functions have the settings that they were deployed with")
def settings(deployed):
    wanted, secrets = meant(deployed), set()
    for name, one in configured(deployed).items():
        given = one.get("Environment", {}).get("Variables", {})
        secrets |= {given["ORIGIN_SECRET"]} if "ORIGIN_SECRET" in given else set()
        wrong = differing(given, asked(deployed, name), wanted)
        yield from (f"{name}: {what}: deploy the stack again" for what in wrong)
    if len(secrets) > 1:
        yield "the functions do not agree on the secret of CloudFront: deploy the stack again"


def meant(deployed):
    """What each variable is set to; of the secret it is enough that all functions have the same."""
    return {
        "TABLE_NAME": deployed.output("TableName"),
        "KMS_KEY_ID": deployed.output("KeyringKeyArn"),
        "BASE_URL": deployed.output("SiteUrl"),
        "SENDER_ADDRESS": deployed.parameter("SenderAddress"),
        "SENDER_NAME": deployed.parameter("SenderName"),
        "SES_CONFIGURATION_SET": deployed.output("ConfigurationSetName"),
        "EVENT_BUS_NAME": deployed.part("Bus"),
        "METRICS_NAMESPACE": f"openslot/{deployed.name}",
        "LOG_LEVEL": deployed.parameter("LogLevel"),
        "TLS_ROOTS": deployed.parameter("TlsRoots"),
        "ORIGIN_SECRET": None,
    }


def asked(deployed, name):
    """The variables that the deployed template gives a function."""
    properties = deployed.template["Resources"][name]["Properties"]
    return set(properties.get("Environment", {}).get("Variables", {}))


def differing(given, asked, wanted):
    yield from (f"{one} is not set" for one in sorted(asked - given.keys()))
    yield from (f"{one} was set by hand" for one in sorted(given.keys() - asked))
    for one in sorted(asked & given.keys()):
        if wanted.get(one) is not None and given[one] != wanted[one]:
            yield f"{one} is not what the stack says"
        elif not given[one]:
            yield f"{one} is empty"


@check("what is owed starts deliver-effects at once")
def mapping(deployed):
    function = deployed.part("DeliverEffects")
    found = deployed.client("lambda").list_event_source_mappings(FunctionName=function)["EventSourceMappings"]
    if len(found) != 1:
        yield f"{len(found)} streams start it, not one: deploy the stack again"
    told = deployed.client("dynamodb").describe_table(TableName=deployed.part("Table"))["Table"].get("LatestStreamArn")
    for one in found:
        result = one.get("LastProcessingResult") or ""
        if one["EventSourceArn"] != told:
            yield "it listens to a stream that the table has closed: deploy the stack again"
        if one["State"] != "Enabled":
            yield f"the stream's mapping is {one['State']}: enable it in Lambda"
        if result.startswith("PROBLEM"):
            yield f"its last batch failed ({result}): look at the log of deliver-effects"


@check("every minute starts send-reminders")
def schedule(deployed):
    yield from rule(deployed, "SendRemindersEveryMinute")


@check("a letter that SES has sent starts record-mail-events")
def letter_sent(deployed):
    yield from rule(deployed, "RecordMailEventsLetterSent")


def rule(deployed, name):
    events, rule = deployed.client("events"), deployed.part(name)
    if (state := events.describe_rule(Name=rule)["State"]) != "ENABLED":
        yield f"its rule is {state}: enable it in EventBridge"
    function = deployed.part(STARTED_BY_RULES[name])
    targets = events.list_targets_by_rule(Rule=rule)["Targets"]
    if not any(one["Arn"].endswith(f":{function}") for one in targets):
        yield f"its rule does not start {function}: deploy the stack again"


@check("nothing was given up by what starts functions")
def queues(deployed):
    for name, function in QUEUES.items():
        count = waiting(deployed.client("sqs"), deployed.part(name))
        if count:
            yield f"{count} in {name}: read them in SQS and the log of {function}, then purge the queue"


def waiting(client, queue):
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    found = client.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
    return sum(int(found[name]) for name in names)
