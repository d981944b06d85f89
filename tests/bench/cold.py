#!/usr/bin/env python3
"""Sets what a function costs from spawn to first answer beside what nobody can do without.

Argument: the folder with the binaries, as `scripts/package.sh openslot-cold` leaves it, for this machine's own kind.
Instructions need valgrind and are steady. Times are taken in rounds in which every program runs once, each round
beginning with another; the median is shown, and the shortest compared, because what else the machine does only ever
adds to it. No function may cost more than LIMIT times its floor, which is a function that
answers nothing beside the same AWS clients.
"""

import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from runtime import EmptyTable, certificates, counted, lambda_environment, request, timed

LIMIT = 1.5
ROUNDS = 41

# What no function has to ask the world about: an unknown path; a batch of nothing; a letter that is not ours; an
# event that is none.
LOST = request("/v1/nowhere")
EVENTS = {
    "list-slots": LOST,
    "create-booking": LOST,
    "manage-booking": LOST,
    "manage-team": LOST,
    "deliver-effects": json.dumps({"Records": []}).encode(),
    "send-reminders": b"none",
    "record-mail-events": json.dumps({"detail": {"eventType": "Send", "mail": {"messageId": "0100"}}}).encode(),
}
FLOORS = {
    "floor-table": ["list-slots", "manage-team", "record-mail-events"],
    "floor-table-keys": ["create-booking", "manage-booking"],
    "floor-everything": ["deliver-effects", "send-reminders"],
}
# What has to be caught: a function that reads all roots of the system.
TWIN, SLOW = "list-slots", {"TLS_ROOTS": "system"}


class Bench:
    """The programs of one folder, and what was measured of them."""

    def __init__(self, folder):
        self.folder, self.counts, self.times = folder, {}, {}

    def program(self, name):
        ours = self.folder / f"openslot-{name}" / "bootstrap"
        return str(ours if ours.exists() else self.folder / name / "bootstrap")

    def count(self, name, label=None, event=None, **environment):
        event = event or EVENTS.get(name, LOST)
        number, answer = counted(self.program(name), event, lambda_environment(**environment))
        self.counts[label or name] = number
        return answer

    def time(self, name, label=None, event=None, **environment):
        event = event or EVENTS.get(name, LOST)
        seconds, answer = timed(self.program(name), event, lambda_environment(**environment))
        self.times.setdefault(label or name, []).append(seconds)
        return answer

    def median(self, label):
        return statistics.median(self.times[label])

    def ratios(self, label, floor):
        """How much more than its floor a program costs: instructions (if counted) and time."""
        counts = self.counts[label] / self.counts[floor] if self.counts else None
        return counts, min(self.times[label]) / min(self.times[floor])


def told_apart(folder):
    """Every function has an event and a floor here; without either it would go unmeasured."""
    built = {path.name.removeprefix("openslot-") for path in folder.glob("openslot-*")}
    floored = {name for names in FLOORS.values() for name in names}
    wrong = built.symmetric_difference(EVENTS) | built.symmetric_difference(floored)
    return [f"{name} is built or measured, and not both" for name in sorted(wrong)]


def measure(bench, counting):
    names = ["hello", *FLOORS, *EVENTS]
    if counting:
        for name in names:
            bench.count(name)
        bench.count(TWIN, "twin", **SLOW)
    runs = [(name, name, {}) for name in names] + [(TWIN, "twin", SLOW)]
    for turn in range(ROUNDS):
        first = turn % len(runs)
        for name, label, environment in runs[first:] + runs[:first]:
            bench.time(name, label, **environment)


def line(bench, label, name, floor=None):
    counts = f"{bench.counts[label] / 1e6:8.2f} M" if bench.counts else " " * 10
    said = f"{name:22}{counts}{bench.median(label) * 1e3:9.2f} ms{min(bench.times[label]) * 1e3:9.2f} ms"
    if floor:
        by_count, by_time = bench.ratios(label, floor)
        said += f"   x {by_count:.2f}" if by_count else " " * 9
        said += f"   x {by_time:.2f}   of {floor}"
    print(said)


def too_slow(bench, label, floor):
    return [ratio for ratio in bench.ratios(label, floor) if ratio is not None and ratio > LIMIT]


def judge(bench):
    """What is wrong, a sentence each."""
    wrong = []
    for floor, names in FLOORS.items():
        wrong += [f"{name} costs more than {LIMIT} times {floor}" for name in names if too_slow(bench, name, floor)]
    if not too_slow(bench, "twin", "floor-table"):
        wrong.append("a function that reads all roots of the system was not found too slow: this bench is blind")
    return wrong


def first_call(bench, counting):
    """What the first question to the table adds, without TLS and with it; the answer is that nothing was found."""
    with tempfile.TemporaryDirectory() as folder:
        root, chain = certificates(folder)
        question = request("/v1/meeting-types/demo")
        with EmptyTable() as plain, EmptyTable(chain) as sealed:
            secure = {"AWS_ENDPOINT_URL": f"https://localhost:{sealed.server_address[1]}",
                      "TLS_ROOTS": "system", "SSL_CERT_FILE": str(root)}
            for label, environment in [
                ("a read, no TLS", {"AWS_ENDPOINT_URL": f"http://{plain.address}"}), ("a read over TLS", secure)
            ]:
                for take in [bench.count] * counting + [bench.time] * 11:
                    not_found(lambda take=take: take("list-slots", label, question, **environment))
                line(bench, label, label)
            if not (plain.calls and sealed.calls):
                raise RuntimeError("the table was not asked")


def not_found(ask):
    """Asks until the table was heard: on a busy machine, and under valgrind, a call may be given up as too slow."""
    for _ in range(5):
        kind, answer = ask()
        if (kind, json.loads(answer).get("statusCode")) == ("response", 404):
            return
    raise RuntimeError(f"a read: {kind} {answer}")


def main():
    folder = Path(sys.argv[1])
    bench, counting = Bench(folder), shutil.which("valgrind") is not None
    wrong = told_apart(folder)
    if not counting:
        print("Instructions are not counted: that needs valgrind.")
    if not wrong:
        measure(bench, counting)
        print(f"{'':22}{'instructions':>10}{'median':>10}{'shortest':>12}   x its floor, by each but the median")
        for name in ["hello", *FLOORS]:
            line(bench, name, name)
        for floor, names in FLOORS.items():
            for name in names:
                line(bench, name, name, floor)
        line(bench, "twin", f"{TWIN}, all roots", "floor-table")
        first_call(bench, counting)
        wrong = judge(bench)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
