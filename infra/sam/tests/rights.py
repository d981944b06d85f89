"""What each function may do: spelled out, and nothing of others."""

import re
from fnmatch import fnmatchcase

from described import FUNCTION, either, kebab, listed, named, source, statements

ITEM_ACTIONS = {
    f"dynamodb:{action}" for action in ("GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem")
}
STREAM_ACTIONS = {
    f"dynamodb:{action}" for action in ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
}
# What traces are sent by. X-Ray has no resource to name, and these can only add to it.
TRACE_ACTIONS = {"xray:PutTelemetryRecords", "xray:PutTraceSegments"}
NOTHING = {"Ref": "AWS::NoValue"}
# What a lookup must never reach: bookings and tokens.
HIDDEN_FROM_LOOKUPS = ("B#1", "K#1", "G#1", "Y#manage-links", "X#1", "T#1", "U#1", "R#1")


def wildcards(stack):
    """No action is a pattern, and `*` is a resource only in a key's own policy, where it means that key, and of traces."""
    for name, kind, statement in statements(stack.translated):
        sid = f"{name}, {statement.get('Sid', 'a statement without a Sid')}"
        if "Sid" not in statement:
            yield f"{sid}: has to say what it is for"
        if {"NotAction", "NotResource", "NotPrincipal"} & statement.keys():
            yield f"{sid}: allows whatever it does not name"
        for action in listed(statement.get("Action", [])):
            if "*" in action:
                yield f"{sid}: the action {action} is a pattern"
        traces = set(listed(statement.get("Action", []))) <= TRACE_ACTIONS
        if "*" in listed(statement.get("Resource", [])) and kind != "AWS::KMS::Key" and not traces:
            yield f"{sid}: reaches every resource"
        anybody = statement.get("Principal") in ("*", {"AWS": "*"})
        if anybody and statement["Effect"] == "Allow":
            yield f"{sid}: lets anybody"


def roles(stack):
    """A function has a role of its own, with one policy that is written here."""
    found = stack.translated
    for name, function in found.of("AWS::Lambda::Function").items():
        role = found.of("AWS::IAM::Role").get(f"{name}Role")
        if named(function.get("Role")) != f"{name}Role" or role is None:
            yield f"{name}: its role is not {name}Role"
            continue
        if role.get("ManagedPolicyArns"):
            yield f"{name}: has policies that are written elsewhere"
        if [policy["PolicyName"] for policy in role.get("Policies", [])] != [kebab(name)]:
            yield f"{name}: its one policy is not called {kebab(name)}"
    for name in found.of("AWS::IAM::Role"):
        if name.removesuffix("Role") not in stack.of(FUNCTION):
            yield f"{name}: is no function's"


def tables(stack):
    """A call to the table has to name its keys, and they have to be of prefixes that there are."""
    known = re.compile("|".join(prefixes()))
    for name, _, statement in statements(stack.translated):
        actions = {one for one in listed(statement.get("Action", [])) if one.startswith("dynamodb:")}
        sid = f"{name}, {statement.get('Sid')}"
        if actions - ITEM_ACTIONS - STREAM_ACTIONS:
            yield f"{sid}: no function uses {', '.join(sorted(actions - ITEM_ACTIONS - STREAM_ACTIONS))}"
        if not actions & ITEM_ACTIONS:
            continue
        if statement["Resource"] != {"Fn::GetAtt": ["Table", "Arn"]}:
            yield f"{sid}: is not about the table alone"
        condition = statement.get("Condition", {})
        if condition.get("Null") != {"dynamodb:LeadingKeys": "false"}:
            yield f"{sid}: lets a call pass that names no key"
        for key in _keys(statement) or [""]:
            if not known.match(key):
                yield f"{sid}: {key!r} is no prefix of keys.rs"


def traces(stack):
    """Every function sends traces if it is asked to, and may do so then and only then."""
    if stack.template["Globals"]["Function"].get("Tracing") != {"Ref": "Tracing"}:
        yield "functions are traced whatever Tracing says"
    if stack.template["Parameters"]["Tracing"].get("Default") != "PassThrough":
        yield "Tracing: costs something that nobody asked for"
    if stack.template["Conditions"].get("HasTraces") != {"Fn::Equals": [{"Ref": "Tracing"}, "Active"]}:
        yield "HasTraces: is not what Tracing says"
    for name in stack.of(FUNCTION):
        statements = stack.properties(f"{name}Role")["Policies"][0]["PolicyDocument"]["Statement"]
        asked = [one["Fn::If"] for one in statements if "Fn::If" in one]
        asked = [then for condition, then, other in asked if (condition, other) == ("HasTraces", NOTHING)]
        if [set(listed(one["Action"])) for one in asked] != [TRACE_ACTIONS]:
            yield f"{name}Role: may not send traces when it is asked to"
        if any(TRACE_ACTIONS & set(listed(one.get("Action", []))) for one in statements):
            yield f"{name}Role: may send traces that nobody asked for"


def _keys(statement):
    return statement.get("Condition", {}).get("ForAllValues:StringLike", {}).get("dynamodb:LeadingKeys", [])


def prefixes():
    """How partitions begin, as the one file that spells keys has them."""
    return set(re.findall(r'"([A-Z]#)', source("shared/adapters/dynamodb/src/keys.rs")))


def lookups(stack):
    """list-slots reads hosts and meeting types, and can open nothing."""
    for policy in stack.properties("ListSlotsRole")["Policies"]:
        for statement in either(policy["PolicyDocument"]["Statement"]):
            for action in listed(statement["Action"]):
                if action.startswith("kms:") or action in ITEM_ACTIONS - {"dynamodb:GetItem", "dynamodb:Query"}:
                    yield f"ListSlotsRole, {statement['Sid']}: a lookup does not need {action}"
            for key in _keys(statement):
                if any(fnmatchcase(hidden, key) for hidden in HIDDEN_FROM_LOOKUPS):
                    yield f"ListSlotsRole, {statement['Sid']}: a lookup does not need {key}"


def keys(stack):
    """KMS is asked in the context that the adapter sends, and the key itself refuses any other."""
    purposes = set(re.findall(r'=> "([a-z-]+)"', source("shared/usecases/src/ports/keys.rs")))
    for name, kind, statement in statements(stack.translated):
        used = {one for one in listed(statement.get("Action", [])) if one in ("kms:Decrypt", "kms:GenerateDataKey")}
        if not used or statement["Effect"] == "Deny":
            continue
        context = statement.get("Condition", {}).get("StringEquals", {})
        given = set(listed(context.get("kms:EncryptionContext:purpose", [])))
        if context.get("kms:EncryptionContext:app") != "openslot" or not given or given - purposes:
            yield f"{name}, {statement.get('Sid')}: demands no encryption context, or one that nobody sends"
        if kind == "AWS::KMS::Key" and given != purposes:
            yield f"{name}: knows the purposes {sorted(given)}, the adapter {sorted(purposes)}"
    for name, key in stack.of("AWS::KMS::Key").items():
        if not any(_refuses(one) for one in key["KeyPolicy"]["Statement"]):
            yield f"{name}: can be used without the encryption context"


def _refuses(statement):
    actions = {"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"}
    return (
        statement["Effect"] == "Deny"
        and statement["Principal"] == {"AWS": "*"}
        and actions <= set(listed(statement["Action"]))
        and statement.get("Condition") == {"StringNotEquals": {"kms:EncryptionContext:app": "openslot"}}
    )
