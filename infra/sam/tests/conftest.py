"""Ends with one line that says how much was checked, and lets tests import what stands beside the template."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

COUNTED = {"passed": ("passed",), "failed": ("failed", "error"), "skipped": ("skipped", "xfailed", "xpassed")}


def pytest_unconfigure(config):
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    counts = {word: sum(len(reporter.stats.get(one, [])) for one in kinds) for word, kinds in COUNTED.items()}
    print(", ".join(f"{count} {word}" for word, count in counts.items()))
