"""Holds the API document against a running program, and shows that planted defects are found.

Each operation is one test, and so is each defect. An operation passes when nothing was found wrong with it, and when
the program said yes to it at least once: what is always refused is not tested.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from plant import DEFECTS, planted

HERE = Path(__file__).resolve().parent
DOCUMENT = HERE.parent.parent / "shared" / "wire" / "openapi.json"
SEED = os.environ.get("OPENSLOT_OPENAPI_SEED", "1")
# A run that is stuck ends; one that is not takes three minutes.
SECONDS = 900


def schemathesis(document, folder, *arguments, defect="", quiet=False):
    """Runs it over a document; what it found."""
    report = folder / "report.json"
    report.unlink(missing_ok=True)
    command = [Path(sys.executable).with_name("st"), "--config-file", HERE / "schemathesis.toml", "run", document]
    command += ["--url", os.environ["OPENSLOT_URL"], "--seed", SEED, "--no-color", *arguments]
    command += ["--report", "json", "--report-json-path", report]
    hooks = {"OPENSLOT_OPENAPI_HOOKS": str(HERE / "hooks.py"), "OPENSLOT_OPENAPI_DEFECT": defect}
    environment = {**os.environ, **hooks, "PYTHONDONTWRITEBYTECODE": "1"}
    output = subprocess.PIPE if quiet else None
    sinks = {"stdout": output, "stderr": output}
    done = subprocess.run(command, cwd=folder, env=environment, text=True, timeout=SECONDS, check=False, **sinks)
    if not report.exists():
        sys.exit(f"schemathesis wrote no report\n{done.stdout or ''}{done.stderr or ''}")
    return json.loads(report.read_text())


def labels(document):
    """The operations as schemathesis calls them."""
    paths = document["paths"].items()
    return [f"{method.upper()} {path}" for path, operations in paths for method in operations]


def judged(document, found):
    """The operations that passed, and what is wrong with the others."""
    wrong = {}
    for failure in found["failures"]:
        for label in failure["operations"]:
            wrong.setdefault(label, []).append(failure["title"])
    for label in labels(document):
        rates = found["valid_rates"].get(label, {}).values()
        if sum(rate["accepted"] for rate in rates) == 0:
            wrong.setdefault(label, []).append("was never answered with what it is for")
    for label in found["warnings"]["rate_limited"]:
        wrong.setdefault(label, []).append("was mostly refused because of a limit")
    if found["errors"] or found["stop_reason"] != "completed":
        wrong.setdefault("the whole run", []).append(f"{found['stop_reason']}, errors: {found['errors']}")
    return [label for label in labels(document) if label not in wrong], wrong


def is_found(document, folder, name):
    """Whether a planted defect is found by the check that is there for it."""
    _, operation, failure = DEFECTS[name]
    path = folder / f"{name}.json"
    path.write_text(json.dumps(planted(document, name)))
    few = ["--phases", "coverage", "--include-operation-id", operation]
    found = schemathesis(path, folder, *few, defect=name, quiet=True)
    kinds = {one["type"] for one in found["failures"]}
    if failure not in kinds:
        print(f"The planted defect {name} was not found by {failure}: {sorted(kinds)}, {found['errors']}")
    return failure in kinds


def main():
    document = json.loads(DOCUMENT.read_text())
    print(f"Seed {SEED}; OPENSLOT_OPENAPI_SEED={SEED} plays it again.", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # First, because a host takes only so many bookings a day, and a few are enough to see a defect by.
        unseen = [defect for defect in DEFECTS if not is_found(document, folder, defect)]
        passed, wrong = judged(document, schemathesis(DOCUMENT, folder))
    for label, reasons in wrong.items():
        print(f"{label}: {'; '.join(reasons)}")
    good = len(passed) + len(DEFECTS) - len(unseen)
    bad = len(wrong) + len(unseen)
    print(f"{len(passed)} operations hold; {len(DEFECTS) - len(unseen)} of {len(DEFECTS)} planted defects were found.")
    # In the words that scripts/tally.awk counts.
    print(f"{good} passed, {bad} failed, 0 skipped")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
