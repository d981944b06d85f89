"""SAM and cfn-lint find nothing wrong, and are shown to find what is."""

import json
import subprocess
import sys
from pathlib import Path

import described
import pytest
import yaml

TOOLS = Path(sys.executable).parent
# Where the stack is deployed differs in what there is.
REGIONS = ("us-east-1", "eu-central-1", "ap-southeast-2")
MISTAKES = {
    "a resource that is not there": ("!GetAtt ListSlotsLogs.Arn", "!GetAtt ListSlotsLog.Arn", "'ListSlotsLog'"),
    "a parameter that is not there": ("!Ref SenderName", "!Ref SendersName", "'SendersName'"),
    "an engine that is not there": ("Runtime: provided.al2023", "Runtime: provided.al2024", "provided.al2024"),
    "a circle": ("Comment: !Ref AWS::StackName", "Comment: !Ref CreateBooking", "Circular"),
}


def sam(template):
    return said("sam", "validate", "--lint", "--template", template)


def lint(template):
    """What SAM makes of it: where SAM might yet add something, cfn-lint lets names pass that lead nowhere."""
    stack = described.Stack(yaml.load(template.read_text(), described.Tags))
    made = template.parent / "made.json"
    made.write_text(json.dumps(stack.translated.template))
    return said("cfn-lint", "--regions", *REGIONS, "--template", made)


def said(tool, *arguments):
    run = subprocess.run([TOOLS / tool, *arguments], capture_output=True, text=True)
    return run.returncode, run.stdout + run.stderr


def spoiled(folder, right="", wrong=""):
    text = described.TEMPLATE.read_text()
    assert right in text
    template = folder / "template.yaml"
    template.write_text(text.replace(right, wrong))
    return template


@pytest.mark.parametrize("tool", [sam, lint])
def test_nothing_is_wrong(tool, tmp_path):
    code, words = tool(spoiled(tmp_path))
    assert code == 0, words


def test_cfn_lint_names_mistakes(tmp_path):
    template = spoiled(tmp_path)
    for right, wrong, _ in MISTAKES.values():
        text = template.read_text()
        assert right in text
        template.write_text(text.replace(right, wrong))
    code, words = lint(template)
    assert code != 0
    assert [mistake for mistake, (_, _, named) in MISTAKES.items() if named not in words] == []


def test_sam_names_a_mistake(tmp_path):
    code, words = sam(spoiled(tmp_path, "BillingMode: PAY_PER_REQUEST", "BilingMode: PAY_PER_REQUEST"))
    assert code != 0 and "BilingMode" in words, words
