"""What checkov finds is what unchecked.yaml gives a reason for: no more, and no less."""

import json
import subprocess
import sys
from pathlib import Path

import described
import pytest
import yaml

REASONS = yaml.safe_load((described.TEMPLATE.parent / "unchecked.yaml").read_text())
# Below this many checks it has not read the stack.
CHECKS_MIN = 110


def findings(template, folder):
    """How many checks passed, and which failed on which resources."""
    file = folder / "template.json"
    file.write_text(json.dumps(template))
    checkov = [Path(sys.executable).parent / "checkov", "--file", file, "--framework", "cloudformation"]
    run = subprocess.run([*checkov, "--skip-download", "--compact", "--output", "json"], capture_output=True, text=True)
    report = json.loads(run.stdout)
    failed = {(one["check_id"], one["resource"]) for one in report["results"]["failed_checks"]}
    assert report["summary"]["parsing_errors"] == 0
    return report["summary"]["passed"], failed


@pytest.fixture(scope="module")
def stack():
    """With the policies as they are by default. checkov reads no policy with a condition in it; what stands behind the
    one there is, `rights.traces` knows to the letter."""
    found = described.read().translated
    for role in found.of("AWS::IAM::Role").values():
        for policy in role["Policies"]:
            document = policy["PolicyDocument"]
            document["Statement"] = [one for one in document["Statement"] if "Fn::If" not in one]
    return found


def test_nothing_is_found_without_a_reason(stack, tmp_path):
    passed, failed = findings(stack.template, tmp_path)
    assert passed >= CHECKS_MIN
    assert sorted(found for found in failed if found[0] not in REASONS) == []
    assert sorted(REASONS.keys() - {check for check, _ in failed}) == []
    assert all(len(reason) > 40 for reason in REASONS.values())


def test_planted_defects_are_found(stack, tmp_path):
    spoiled = described.Stack(json.loads(json.dumps(stack.template)))
    del spoiled.properties("Table")["PointInTimeRecoverySpecification"]
    del spoiled.properties("Site")["PublicAccessBlockConfiguration"]
    spoiled.properties("KeyringKey")["EnableKeyRotation"] = False
    _, failed = findings(spoiled.template, tmp_path)
    new = {found for found in failed if found[0] not in REASONS}
    assert ("CKV_AWS_28", "AWS::DynamoDB::Table.Table") in new
    assert ("CKV_AWS_53", "AWS::S3::Bucket.Site") in new
    assert ("CKV_AWS_7", "AWS::KMS::Key.KeyringKey") in new
