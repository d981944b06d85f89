"""Each rule holds for the template, and each is shown to name the defects that it is there for."""

import copy

import described
import front
import pytest
import retries
import rights
import rooms
import routes
import sessions
import twins
import twins_of_sessions
import upkeep

RULES = [
    retries.complaints,
    rights.wildcards,
    rights.roles,
    rights.tables,
    rights.lookups,
    rights.keys,
    rights.traces,
    rooms.names,
    rooms.sizes,
    rooms.variables,
    rooms.logs,
    rooms.parameters,
    routes.complaints,
    routes.stage,
    routes.authorizer,
    sessions.renewal,
    sessions.factors,
    front.headers,
    front.behaviors,
    front.kept,
    front.handed_on,
    front.secret,
    front.bucket,
    front.origins,
    upkeep.table,
    upkeep.retained,
    upkeep.queues,
    upkeep.alarms,
    upkeep.dashboard,
    upkeep.letters,
    upkeep.stream,
]
TWINS = [*twins.ALL, *twins_of_sessions.ALL]
STACK = described.read()


def called(rule):
    return f"{rule.__module__}.{rule.__name__}"


@pytest.mark.parametrize("rule", RULES, ids=called)
def test_the_template_keeps(rule):
    assert list(rule(STACK)) == []


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: f"{called(twin.rule)}: {twin.defect}")
def test_a_defect_is_named(twin):
    spoiled = described.Stack(copy.deepcopy(STACK.template))
    twin.spoil(spoiled)
    found = list(twin.rule(spoiled))
    assert any(twin.named in complaint for complaint in found), found


@pytest.mark.parametrize("rule", RULES, ids=called)
def test_a_rule_has_a_twin(rule):
    assert any(twin.rule is rule for twin in TWINS)
