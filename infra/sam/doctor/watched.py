"""What the sweep says of itself, and the alarms."""

from datetime import datetime, timedelta, timezone

from doctor.checking import Note, checks

CHECKS, check = checks()
ALARM = "AWS::CloudWatch::Alarm"
# As long as a sweep may be silent: it speaks every minute, and CloudWatch may take a minute or two to repeat it.
WINDOW = timedelta(minutes=5)


def now():
    return datetime.now(timezone.utc)


def latest(deployed, metric):
    """When the sweep last said this, and what; None if it was silent."""
    wanted = {"Namespace": f"openslot/{deployed.name}", "MetricName": metric}
    query = {"Id": "one", "MetricStat": {"Metric": wanted, "Period": 60, "Stat": "Maximum"}}
    found = deployed.client("cloudwatch").get_metric_data(
        MetricDataQueries=[query], StartTime=now() - WINDOW, EndTime=now() + timedelta(minutes=1)
    )["MetricDataResults"][0]
    return max(zip(found["Timestamps"], found["Values"]), default=None)


SILENT = "the sweep has said nothing for five minutes: look at the log and the rule of send-reminders"


@check("the sweep runs")
def sweep(deployed):
    said = latest(deployed, "oldest_owed_seconds")
    if said is None:
        yield SILENT
        return
    at, seconds = said
    # CloudWatch tells the minute that it was in, not the second.
    yield Note(f"last in the minute of {at.astimezone(timezone.utc):%H:%M} UTC, {age(now() - at)} ago")
    if seconds > 600:
        yield f"what is due has waited for {age(timedelta(seconds=seconds))}: look at the log of send-reminders"


def age(span):
    seconds = max(0, int(span.total_seconds()))
    return f"{seconds} seconds" if seconds < 120 else f"{seconds // 60} minutes"


@check("no work is set aside")
def parked(deployed):
    said = latest(deployed, "parked")
    if said is None:
        yield SILENT
    elif said[1] > 0:
        yield f"{int(said[1])} pieces wait for somebody: openslot-operate parked lists them, replay puts them back"


@check("no alarm rings")
def alarms(deployed):
    names = sorted(deployed.parts_of(ALARM).values())
    if not names:
        yield "the stack has none: deploy it again"
        return
    pages = deployed.client("cloudwatch").get_paginator("describe_alarms").paginate(AlarmNames=names)
    found = {one["AlarmName"]: one for page in pages for one in page["MetricAlarms"]}
    yield from (f"{name} is not there: deploy the stack again" for name in names if name not in found)
    for name, one in sorted(found.items()):
        if one["StateValue"] == "ALARM":
            yield f"{name} rings: {one.get('AlarmDescription', 'see CloudWatch')}"
