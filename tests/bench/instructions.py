#!/usr/bin/env python3
"""Counts the instructions of one answer of the slot engine, beside the targets.

Needs valgrind. Counts nothing but `measured` in shared/domain/benches/slots.rs. Instructions are steady across
machines and runs, unlike times, so a change of these numbers is a change of the engine.
"""

import json
import re
import subprocess
import sys
import tempfile

# Name, repetitions, target, and what the nearest other engine needs (nettu-scheduler, nettu-scheduler, calrs).
WORKLOADS = [
    ("W1", 100, 3_000, 29_800),
    ("W2", 20, 60_000, 10_900_000),
    ("W3", 5, 600_000, 23_400_000),
]


def build():
    """Builds the benchmark and tells where it lies."""
    command = ["cargo", "bench", "-q", "-p", "openslot-domain", "--bench", "slots", "--no-run", "--message-format=json"]
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    built = [json.loads(line) for line in lines]
    return [message["executable"] for message in built if message.get("target", {}).get("name") == "slots"
            and message.get("executable")][-1]


def count(bench, workload, runs):
    """Instructions of `runs` answers, inclusive of all they call."""
    with tempfile.NamedTemporaryFile() as out:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", "--collect-atstart=no",
                   "--toggle-collect=*measured*", bench, "--count", workload, str(runs)]
        report = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    return int(re.search(r"Collected : (\d+)", report).group(1))


def main():
    bench = build()
    missed = False
    for workload, runs, target, other in WORKLOADS:
        instructions = count(bench, workload, runs) // runs
        missed |= not 0 < instructions <= target
        print(f"{workload}: {instructions:>9,} instructions   (target {target:,}, nearest other {other:,})")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
