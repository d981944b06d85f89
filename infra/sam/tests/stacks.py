"""Stacks that others can reach: makes them out of the template in a moto that listens, one for each line it is told.

The contract tests of the adapters start it, so that what keeps their promises is the table, key, bus and mail of the
template and not ones made by hand. What it says first is where it listens; after that, a line in, a line out:

    {"name": "one", "changed": [[["Resources", "Table", "Properties", "BillingMode"], "PROVISIONED"]]}
    {"told": {"create-booking": {"TABLE_NAME": "..."}}, "parts": {"KeyringKey": "..."}}

`changed` are defects: places in the template, and what stands there instead. `told` is what each function finds in its
environment, `parts` are the physical names of what was made.
"""

import copy
import json
import os
import sys

# Nothing of the account of whoever runs this.
REGION = "eu-west-1"
os.environ |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION}
os.environ.pop("AWS_PROFILE", None)

import boto3  # noqa: E402
import described  # noqa: E402
import test_stack  # noqa: E402

# moto makes buses, and cannot say by what name; CloudFormation's answer is the name they are given, as for what SES keeps.
CALLED = ("Bus", "ConfigurationSet")
UNKNOWN = tuple(kind for kind in test_stack.UNKNOWN if kind != "AWS::Events::EventBus")
SENDER = "meet@example.org"
# What others print of themselves is no answer.
ANSWERS = os.fdopen(os.dup(sys.stdout.fileno()), "w")
os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


def serve():
    # Loaded here, because the tests beside this file do without a server.
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    os.environ["AWS_ENDPOINT_URL"] = f"http://{host}:{port}"
    test_stack.package(REGION)
    # What docs/deploy.md has done by hand: a domain that letters may come from.
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER.partition("@")[2])
    answer({"url": os.environ["AWS_ENDPOINT_URL"]})
    translated = {}
    for line in sys.stdin:
        asked = json.loads(line)
        changed = json.dumps(asked.get("changed", []))
        if changed not in translated:
            translated[changed] = with_names(spoiled(asked.get("changed", [])).translated.template)
        answer(made(asked["name"], translated[changed]))


def answer(what):
    print(json.dumps(what), file=ANSWERS, flush=True)


def spoiled(changed):
    stack = described.read()
    for place, value in changed:
        at = stack.template
        for step in place[:-1]:
            at = at[step]
        at[place[-1]] = copy.deepcopy(value)
    return stack


def with_names(template):
    """The template with names in place of what moto cannot resolve."""
    names = {name: template["Resources"][name]["Properties"]["Name"] for name in CALLED}

    def resolved(value):
        if isinstance(value, list):
            return [resolved(inner) for inner in value]
        if not isinstance(value, dict):
            return value
        if value.get("Ref") in names:
            return names[value["Ref"]]
        if value == {"Fn::GetAtt": ["Bus", "Arn"]}:
            arn = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/${AWS::StackName}"
            return {"Fn::Sub": arn}
        return {key: resolved(inner) for key, inner in value.items()}

    return resolved(template)


def made(name, template):
    boto3.client("cloudformation").create_stack(
        StackName=name,
        TemplateBody=json.dumps(test_stack.known(template, unknown=UNKNOWN)),
        Parameters=[{"ParameterKey": "SenderAddress", "ParameterValue": SENDER}],
        Capabilities=["CAPABILITY_IAM"],
    )
    post(name, template)
    parts = boto3.client("cloudformation").describe_stack_resources(StackName=name)["StackResources"]
    parts = {one["LogicalResourceId"]: one["PhysicalResourceId"] for one in parts if "PhysicalResourceId" in one}
    return {"told": {folder: told(f"{name}-{folder}") for folder in described.folders()}, "parts": parts}


def post(name, template):
    """What the template says of SES, made by a call, as moto makes none of it."""
    wanted = template["Resources"]["ConfigurationSet"]["Properties"]
    called = name if wanted["Name"] == {"Ref": "AWS::StackName"} else wanted["Name"]
    rest = {key: value for key, value in wanted.items() if key != "Name"}
    boto3.client("sesv2").create_configuration_set(ConfigurationSetName=called, **rest)


def told(function):
    found = boto3.client("lambda").get_function_configuration(FunctionName=function)
    return found["Environment"]["Variables"]


if __name__ == "__main__":
    serve()
