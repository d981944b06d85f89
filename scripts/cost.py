#!/usr/bin/env python3
"""What openslot costs at list prices: units that tests assert, times prices.

Without an argument it writes the tables of docs/cost.md anew. With --check it fails if they are not what the prices
and units below come to, or if a unit is no longer what its test asserts.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs/cost.md"

# Dollars in us-east-1, each for one. docs/cost.md says where each was read.
PRICES = {
    "write unit": 0.625e-6,
    "read unit": 0.125e-6,
    "HTTP API request": 1.00e-6,
    "CloudFront request": 1.00e-6,
    "CloudFront Function run": 0.10e-6,
    "CloudFront GB": 0.085,
    "Lambda request": 0.20e-6,
    "Lambda GB-second": 0.0000133334,
    "log GB": 0.50,
    "letter": 0.10e-3,
    "letter GB": 0.12,
    "event": 1.00e-6,
    "key, a month": 1.00,
    "secret, a month": 0.40,
    "alarm, a month": 0.10,
    "metric, a month": 0.30,
    "dashboard, a month": 3.00,
}

REQUESTS, UNITS = "tests/contracts/requests.rs", "tests/contracts/units.rs"

# Read and write units of each step, the test that asserts them, and a line of it.
ASSERTED = {
    "lookup": (0.5, 0, UNITS, 'assert_eq!(meter.take(), [read("Query", 0.5)]);'),
    "create": (2, 18, REQUESTS, '[("UpdateItem", 4, 0.0, 4.0), get, ("Query", 1, 1.0, 0.0), '
               '("TransactWriteItems", 1, 0.0, 14.0)]'),
    "cancel": (3, 6, REQUESTS, "assert_eq!(sorted(meter.take()), [reads[0], reads[1], transaction(6.0)]);"),
    "move": (3, 15, REQUESTS, "assert_eq!(sorted(meter.take()), [reads[0], reads[1], transaction(12.0), counters]);"),
    "approve": (3, 10, REQUESTS, 'assert_eq!(yes, [("GetItem", 2, 2.0, 0.0), query, transaction(10.0)]);'),
    "claim": (2, 4, UNITS,
              'let spent = [read("GetItem", 1.0), read("GetItem", 1.0), wrote("TransactWriteItems", 4.0)];'),
}

# Assumed, because only an account can tell: milliseconds that a call takes, and bytes that it moves.
TAKES = {"list-slots": 20, "create-booking": 60, "manage-booking": 60, "deliver-effects": 250, "record-mail-events": 15,
         "send-reminders": 150}
MEMORY_GB = {"list-slots": 0.5, "create-booking": 0.5, "manage-booking": 0.5, "deliver-effects": 0.25,
             "record-mail-events": 0.25, "send-reminders": 1.0}
LOG_BYTES, ACCESS_LOG_BYTES, LIST_BYTES, LETTER_BYTES, PAGE_BYTES = 350, 300, 4_000, 20_000, 60_000
MINUTES = 60 * 730


def table(read, write):
    return {"DynamoDB": read * PRICES["read unit"] + write * PRICES["write unit"]}


def asserted(step):
    read, write, _, _ = ASSERTED[step]
    return table(read, write)


def run(function, times=1):
    lambda_ = PRICES["Lambda request"] + TAKES[function] / 1000 * MEMORY_GB[function] * PRICES["Lambda GB-second"]
    return {"Lambda": times * lambda_, "logs": times * LOG_BYTES / 1e9 * PRICES["log GB"]}


def request(function, sent=0):
    """A request from a browser through CloudFront and the HTTP API to a function."""
    front = PRICES["CloudFront request"] + sent / 1e9 * PRICES["CloudFront GB"]
    logs = {"logs": ACCESS_LOG_BYTES / 1e9 * PRICES["log GB"]}
    return summed({"CloudFront": front, "HTTP API": PRICES["HTTP API request"]}, logs, run(function))


def told(recipients):
    """An announcement or a reminder: claimed, replaced by its parts in one transaction, and each part paid.

    A part is a row of 2 units in that transaction, a claim, and 1 unit to remove it; a letter also 1 to note that it
    went out. The whole is 2 units to take off.
    """
    claim_read, claim_write, _, _ = ASSERTED["claim"]
    parts = recipients + 1
    units = table(claim_read * (1 + parts), claim_write * (1 + parts) + 2 * (1 + parts) + parts + recipients)
    bus = {"EventBridge": PRICES["event"]}
    return summed(units, bus, run("deliver-effects", 2), run("record-mail-events", recipients))


def letters(count):
    return {"SES": count * (PRICES["letter"] + LETTER_BYTES / 1e9 * PRICES["letter GB"])}


def summed(*parts):
    total = {}
    for part in parts:
        for name, dollars in part.items():
            total[name] = total.get(name, 0) + dollars
    return total


def per_million():
    """One host, one attendee. An announcement goes to both, and so does a reminder."""
    create = summed(asserted("create"), request("create-booking"))
    one = summed(create, told(2), told(2))
    return {
        "A look at the free times, answered by the function": summed(asserted("lookup"), request("list-slots", LIST_BYTES)),
        "The same, answered by CloudFront within 5 seconds": {
            "CloudFront": PRICES["CloudFront request"] + LIST_BYTES / 1e9 * PRICES["CloudFront GB"]},
        "A first visit to the booking page: three files beside two questions": summed(
            {"CloudFront": 3 * PRICES["CloudFront request"] + PAGE_BYTES / 1e9 * PRICES["CloudFront GB"]
             + PRICES["CloudFront Function run"]}),
        "A booking: the request alone": create,
        "A booking with its news and one reminder, without what SES takes": one,
        "The same with its four letters": summed(one, letters(4)),
        "A cancellation: the request alone": summed(asserted("cancel"), request("manage-booking")),
        "A move: the request alone": summed(asserted("move"), request("manage-booking")),
        "News of a change to two people, with their letters": summed(told(2), letters(2)),
    }


def a_month():
    """What the stack costs while nobody comes, without any free tier; and what of it is free in every account."""
    sweep = summed(run("send-reminders", MINUTES), table(39 * 0.5 * MINUTES, 0))
    return {
        "the KMS key": (PRICES["key, a month"], 0),
        "the origin secret": (PRICES["secret, a month"], 0),
        "14 alarms (10 are free)": (14 * PRICES["alarm, a month"], 10 * PRICES["alarm, a month"]),
        "2 metrics (10 are free)": (2 * PRICES["metric, a month"], 2 * PRICES["metric, a month"]),
        "1 dashboard (3 are free)": (PRICES["dashboard, a month"], PRICES["dashboard, a month"]),
        "the sweep of every minute: Lambda (free up to 400,000 GB-seconds)": (sweep["Lambda"], sweep["Lambda"]),
        "the sweep: 39 looks at the table": (sweep["DynamoDB"], 0),
        "the sweep: its log lines (5 GB are free)": (sweep["logs"], sweep["logs"]),
    }


SERVICES = ["DynamoDB", "Lambda", "HTTP API", "CloudFront", "logs", "EventBridge", "SES"]


def dollars(amount):
    return f"{amount:.2f}" if amount else ""


def million_table():
    lines = ["| a million times | " + " | ".join(SERVICES) + " | together |", "| --- |" + " ---: |" * (len(SERVICES) + 1)]
    for name, cost in per_million().items():
        cells = [dollars(cost.get(service, 0) * 1e6) for service in SERVICES]
        lines.append(f"| {name} | " + " | ".join(cells) + f" | **{sum(cost.values()) * 1e6:.2f}** |")
    return "\n".join(lines)


def month_table():
    lines = ["| a month, in dollars | list price | after what is always free |", "| --- | ---: | ---: |"]
    for name, (listed, free) in a_month().items():
        lines.append(f"| {name} | {listed:.2f} | {listed - free:.2f} |")
    listed = sum(one for one, _ in a_month().values())
    free = sum(free for _, free in a_month().values())
    return "\n".join([*lines, f"| together | **{listed:.2f}** | **{listed - free:.2f}** |"])


def unit_table():
    lines = ["| step | read units | write units | asserted in |", "| --- | ---: | ---: | --- |"]
    lines += [f"| {step} | {read:g} | {write:g} | `{path}` |" for step, (read, write, path, _) in ASSERTED.items()]
    return "\n".join(lines)


TABLES = {"million": million_table, "month": month_table, "units": unit_table}


def written(text):
    """The document with its tables made anew."""
    for name, make in TABLES.items():
        marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        text, found = marks.subn(lambda match, made=make(): f"{match[1]}\n{made}\n\n{match[2]}", text)
        if found != 1:
            raise SystemExit(f"docs/cost.md has {found} places for the table {name}")
    return text


def flat(text):
    return re.sub(r"\s+", " ", text)


def complaints(text, sources):
    """What is out of date: a table, or a unit that its test does not assert."""
    found = [] if written(text) == text else ["docs/cost.md is not what scripts/cost.py comes to"]
    for step, (_, _, path, line) in ASSERTED.items():
        if flat(line) not in flat(sources[path]):
            found.append(f"{path} does not assert what {step} costs here: {line}")
    return found


def twins(text, sources):
    """Defects that the check has to name, each alone: a figure, a unit in a test, a unit here."""
    figure = re.sub(r"\*\*(\d)", lambda match: f"**{(int(match[1]) + 1) % 10}", text, count=1)
    tests = {**sources, REQUESTS: sources[REQUESTS].replace('("TransactWriteItems", 1, 0.0, 14.0)', "(0)")}
    yield "a figure", complaints(figure, sources)
    yield "a unit in a test", complaints(text, tests)
    kept = ASSERTED["cancel"]
    ASSERTED["cancel"] = (kept[0], kept[1] + 2, *kept[2:])
    try:
        yield "a unit", complaints(text, sources)
    finally:
        ASSERTED["cancel"] = kept


def main():
    text = DOCUMENT.read_text()
    if sys.argv[1:] != ["--check"]:
        DOCUMENT.write_text(written(text))
        return
    sources = {path: (ROOT / path).read_text() for path in (REQUESTS, UNITS)}
    wrong = complaints(text, sources)
    wrong += [f"the check does not notice {defect} that is wrong" for defect, found in twins(text, sources) if not found]
    sys.exit("\n".join(wrong) or 0)


if __name__ == "__main__":
    main()
