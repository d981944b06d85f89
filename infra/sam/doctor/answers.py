"""What SAM was told at the last deployment from here: it keeps the answers in a file beside the template."""

import tomllib
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "samconfig.toml"


def stack():
    return answer("stack_name") or "openslot"


def region():
    """None leaves it to the AWS settings of whoever asks."""
    return answer("region")


def answer(name):
    kept = read().get("default", {})
    of_all, of_deploy = (kept.get(part, {}).get("parameters", {}) for part in ("global", "deploy"))
    return of_deploy.get(name) or of_all.get(name)


def read():
    try:
        return tomllib.loads(FILE.read_text())
    except FileNotFoundError:
        return {}
