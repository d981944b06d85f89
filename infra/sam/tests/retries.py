"""Every retry limit is written down: attempts, age and where what is given up goes."""

from described import named

# What the services do where nothing is said: they try for a day or for ever, and then forget.
UNLIMITED = (None, -1)
STREAM = (
    "BatchSize",
    "MaximumBatchingWindowInSeconds",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    "ParallelizationFactor",
    "BisectBatchOnFunctionError",
    "FunctionResponseTypes",
    "FilterCriteria",
)
ASYNC = ("MaximumEventAgeInSeconds", "MaximumRetryAttempts")


def complaints(stack):
    stack = stack.translated
    queues = stack.of("AWS::SQS::Queue")
    return [*_streams(stack, queues), *_rules(stack, queues), *_invocations(stack, queues)]


def _streams(stack, queues):
    for name, mapping in stack.of("AWS::Lambda::EventSourceMapping").items():
        yield from _unset(name, mapping, STREAM)
        failed = mapping.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
        yield from _lost(name, failed, queues)


def _rules(stack, queues):
    for name, rule in stack.of("AWS::Events::Rule").items():
        for target in rule["Targets"]:
            yield from _unset(name, target.get("RetryPolicy", {}), ASYNC)
            yield from _lost(name, target.get("DeadLetterConfig", {}).get("Arn"), queues)
    for name in stack.of("AWS::Scheduler::Schedule"):
        yield f"{name}: schedules are rules here, so that one check holds all limits"


def _invocations(stack, queues):
    """Rules invoke asynchronously, and Lambda keeps such an event in a queue of its own."""
    configured = {named(one["FunctionName"]): one for one in stack.of("AWS::Lambda::EventInvokeConfig").values()}
    rules = stack.of("AWS::Events::Rule").values()
    for name in sorted({named(target["Arn"]) for rule in rules for target in rule["Targets"]}):
        config = configured.get(name, {})
        yield from _unset(f"{name} (asynchronous)", config, ASYNC)
        failed = config.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
        yield from _lost(f"{name} (asynchronous)", failed, queues)


def _unset(name, given, limits):
    for limit in limits:
        if given.get(limit) in UNLIMITED:
            yield f"{name}: {limit} is left to the default"


def _lost(name, queue, queues):
    if named(queue) not in queues:
        yield f"{name}: what is given up goes nowhere"
