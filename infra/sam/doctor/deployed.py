"""A deployed stack: its values, what it is made of, and clients to ask about that."""

import json
from functools import cache, cached_property

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

# Nobody waits long for a doctor: whoever does not answer by then is what is wrong.
PATIENCE = Config(connect_timeout=5, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 2})
AWS_ERRORS = (BotoCoreError, ClientError)


class NotThere(Exception):
    """There is no such stack, or nobody may look at it."""


class Lacking(Exception):
    """The stack has not what a check looks at."""


def signed_in(region):
    """A session with a region and credentials, whether or not AWS takes them."""
    session = boto3.Session(region_name=region)
    if session.region_name is None:
        raise NotThere("No region is set: give --region, or set AWS_DEFAULT_REGION.")
    if session.get_credentials() is None:
        raise NotThere("There are no credentials for AWS: sign in (aws sso login), or set AWS_PROFILE.")
    return session


def opened(stack, region):
    """The stack, if it is there and may be looked at."""
    deployed = Deployed(signed_in(region), stack)
    _ = deployed.described
    return deployed


class Deployed:
    def __init__(self, session, name):
        self.session = session
        self.name = name
        self.client = cache(lambda service: session.client(service, config=PATIENCE))

    @cached_property
    def described(self):
        try:
            return self.client("cloudformation").describe_stacks(StackName=self.name)["Stacks"][0]
        except ClientError as error:
            if "does not exist" not in str(error):
                raise
            region = self.session.region_name
            raise NotThere(f"There is no stack {self.name} in {region}: give its name, and --region.") from error

    @cached_property
    def parts(self):
        """The names in the account of what the stack is made of, by their names in the template."""
        pages = self.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=self.name)
        listed = [one for page in pages for one in page["StackResourceSummaries"]]
        return {one["LogicalResourceId"]: one for one in listed if "PhysicalResourceId" in one}

    @cached_property
    def template(self):
        """The template as SAM made it, so that what is set can be held to what was meant."""
        found = self.client("cloudformation").get_template(StackName=self.name, TemplateStage="Processed")
        body = found["TemplateBody"]
        return json.loads(body) if isinstance(body, str) else body

    @cached_property
    def outputs(self):
        return {one["OutputKey"]: one["OutputValue"] for one in self.described.get("Outputs", [])}

    @cached_property
    def parameters(self):
        return {one["ParameterKey"]: one["ParameterValue"] for one in self.described.get("Parameters", [])}

    def part(self, part):
        if part not in self.parts:
            raise Lacking(f"the stack has no {part}: deploy it again")
        return self.parts[part]["PhysicalResourceId"]

    def parts_of(self, kind):
        found = self.parts.items()
        return {name: one["PhysicalResourceId"] for name, one in found if one["ResourceType"] == kind}

    def output(self, output):
        if output not in self.outputs:
            raise Lacking(f"the stack has no output {output}: deploy it again")
        return self.outputs[output]

    def parameter(self, parameter):
        if parameter not in self.parameters:
            raise Lacking(f"the stack has no parameter {parameter}: deploy it again")
        return self.parameters[parameter]

    @cached_property
    def api_url(self):
        return self.client("apigatewayv2").get_api(ApiId=self.part("Api"))["ApiEndpoint"]
