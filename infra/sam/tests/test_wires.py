"""What is looked at in the stack that moto makes is shown to find a wire that was cut."""

import described
import pytest
import test_stack

OWED = ("DeliverEffects", "Properties", "Events", "Owed", "Properties")
MINUTE = ("SendReminders", "Properties", "Events", "EveryMinute", "Properties")
TABLE = ("Table", "Properties")
SENT = ("RecordMailEvents", "Properties", "Events", "LetterSent", "Properties")
VARIABLES = ("DeliverEffects", "Properties", "Environment", "Variables")


def cut(place, key, value):
    stack = described.read()
    at = stack.resources
    for step in place:
        at = at[step]
    at[key] = value
    return stack


ANOTHER_QUEUE = {"OnFailure": {"Destination": {"Fn::GetAtt": ["SendRemindersFailed", "Arn"]}}}


@pytest.mark.parametrize(
    "place, key, value, look",
    [
        (OWED, "DestinationConfig", ANOTHER_QUEUE, test_stack.test_the_stream_starts_deliver_effects),
        (MINUTE, "Enabled", False, test_stack.test_the_rules_start_what_they_are_for),
        (VARIABLES, "KMS_KEY_ID", {"Ref": "Table"}, test_stack.test_names_are_handed_to_who_needs_them),
        (TABLE, "BillingMode", "PROVISIONED", test_stack.test_the_table_has_its_keys_and_its_stream),
        (
            SENT,
            "Pattern",
            {"source": ["aws.ses"]},
            test_stack.test_a_letter_that_was_sent_reaches_its_rule_and_others_do_not,
        ),
    ],
    ids=["a queue of another", "a schedule at rest", "a key that is none", "a table that waits", "letters of others"],
)
def test_a_cut_wire_is_found(place, key, value, look):
    with test_stack.made(cut(place, key, value)) as names, pytest.raises(AssertionError):
        look(names)
