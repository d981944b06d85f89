"""The stack as it is described: the template, what SAM makes of it, and the places beside it that must agree."""

import copy
import json
import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")

ROOT = Path(__file__).resolve().parents[3]
TEMPLATE = ROOT / "infra/sam/template.yaml"
FUNCTION = "AWS::Serverless::Function"
# Where a deployment keeps the packages; SAM makes nothing of a path on this machine.
PACKAGES = "packages"


class Tags(yaml.SafeLoader):
    """Reads the short forms of CloudFormation as their long ones."""


def _tag(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


Tags.add_multi_constructor("!", _tag)


@dataclass
class Stack:
    """A template as plain data. A test that spoils one works on a copy."""

    template: dict

    @property
    def resources(self):
        return self.template["Resources"]

    def of(self, kind):
        """The resources of a type: their properties by their names."""
        found = self.resources.items()
        return {name: one.get("Properties", {}) for name, one in found if one["Type"] == kind}

    def properties(self, name):
        return self.resources[name]["Properties"]

    @cached_property
    def translated(self):
        """The stack as CloudFormation gets it from SAM."""
        return Stack(translate(self.template))


def read():
    return Stack(yaml.load(TEMPLATE.read_text(), Tags))


def translate(template):
    # Loaded here, because it is slow and most tests do without.
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator

    template = copy.deepcopy(template)
    for one in template["Resources"].values():
        if one["Type"] == FUNCTION:
            one["Properties"]["CodeUri"] = {"Bucket": PACKAGES, "Key": "bootstrap.zip"}
    return Translator({}, Parser()).translate(template, {"SenderAddress": "meet@example.org"})


def listed(value):
    """A value that may stand alone or in a list, as a list."""
    return value if isinstance(value, list) else [value]


def either(value):
    """What may stand in a list, whatever the conditions around it say."""
    for one in listed(value):
        if isinstance(one, dict) and "Fn::If" in one:
            yield from either(one["Fn::If"][1:])
        elif one != {"Ref": "AWS::NoValue"}:
            yield one


def named(value):
    """The resource that a Ref, GetAtt or Sub leads to; None for anything else."""
    if isinstance(value, dict):
        if "Ref" in value:
            return value["Ref"]
        if "Fn::GetAtt" in value:
            return value["Fn::GetAtt"][0]
        if "Fn::Sub" in value:
            found = re.findall(r"\$\{([A-Za-z0-9]+)", json.dumps(value["Fn::Sub"]))
            return found[-1] if found else None
    return None


def kebab(name):
    """ListSlots as list-slots."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def folders():
    """The functions there are, by their folders."""
    return {path.parent.name for path in ROOT.glob("functions/*/Cargo.toml")}


def source(path):
    return (ROOT / path).read_text()


def statements(stack):
    """Every statement of every policy of a translated stack, with the resource it stands in."""
    for name, one in stack.resources.items():
        for statement in _within(one.get("Properties", {})):
            yield name, one["Type"], statement


def _within(value):
    if isinstance(value, dict):
        if "Statement" in value:
            yield from either(value["Statement"])
        for inner in value.values():
            yield from _within(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _within(inner)
