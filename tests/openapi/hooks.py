"""What schemathesis cannot make up by itself: who asks, by which right, and for what.

Nothing here touches what was made wrong on purpose: a part of a request that the document forbids goes out as it is.
"""

import collections
import itertools
import re
import sys
from pathlib import Path

# Loaded by its path, so its neighbours are found only when told.
sys.path.insert(0, str(Path(__file__).parent))

import checks  # noqa: F401, it registers what it holds
import installation
import schemathesis
from narrow import narrow
from schemathesis.core.parameters import ParameterLocation

CONFIRMED = installation.Bookings(installation.BEFOREHAND)
CANCELLED = installation.Bookings(installation.BEFOREHAND)
PENDING = installation.Bookings(installation.BY_APPROVAL)
# Free starts by meeting type, for requests that are in order. The workshop's are apart, so that its longest fits.
STARTS = {
    installation.PLAIN: itertools.cycle(installation.starts(installation.PLAIN, 1, 58)),
    installation.WITH_QUESTIONS: itertools.cycle(
        installation.starts(installation.WITH_QUESTIONS, 1, 58, duration_minutes=90)[::4]
    ),
    # A booking that moves has no type in its request; it keeps its host.
    None: itertools.cycle(
        installation.starts(installation.BEFOREHAND, 1, 38, host=installation.WHO_APPROVES)
    ),
}


@schemathesis.hook
def before_load_schema(context, raw_schema):
    narrow(raw_schema)


@schemathesis.auth().apply_to(path_regex=r"^/v1/team/")
class SignedIn:
    def get(self, case, context):
        return installation.token()

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"
        if is_right(case, ParameterLocation.PATH):
            case.path_parameters["id"] = PENDING.fresh().id


@schemathesis.auth(refresh_interval=None).apply_to(path_regex=r"^/v1/bookings/.*(?<!\.ics)$")
class ByManageLink:
    def get(self, case, context):
        if case.path.endswith("/cancel"):
            return CANCELLED.fresh()
        return CONFIRMED.fresh() if case.path.endswith("/reschedule") else CONFIRMED.any()

    def set(self, case, data, context):
        case.headers["Authorization"] = data.authorization()
        if is_right(case, ParameterLocation.PATH):
            case.path_parameters["id"] = data.id


@schemathesis.hook
def before_call(context, case, kwargs):
    case.headers["X-Forwarded-For"] = installation.address()
    use_its_own_link(case)
    if case.path.endswith("/calendar.ics") and is_right(case, ParameterLocation.QUERY):
        link = installation.LINKS.get(case.path_parameters.get("id")) or CONFIRMED.any()
        case.path_parameters["id"] = link.id
        case.query["k"] = link.file_secret
    if isinstance(case.body, dict) and is_right(case, ParameterLocation.BODY):
        case.body = in_order(case.body)
    key = case.headers.get("Idempotency-Key")
    if key and is_right(case, ParameterLocation.HEADER):
        # Made anew, or the second request under a key would be refused for the first one's sake.
        case.headers["Idempotency-Key"] = f"{key[:100]}{installation.number():08}"


def use_its_own_link(case):
    """What follows from an earlier reply names the booking of that reply, after the link of another was set."""
    link = installation.LINKS.get(case.path_parameters.get("id"))
    given = case.headers.get("Authorization", "")
    if link and any(given == other.authorization() for other in installation.LINKS.values()):
        case.headers["Authorization"] = link.authorization()


@schemathesis.hook
def after_call(context, case, response):
    if response.status_code == 201:
        installation.Link.of(response.json())


def in_order(body):
    """The same with a start that is free, and with texts as the document says in words that they are."""
    body = plain(body)
    if "start" in body:
        body["start"] = next(STARTS[body.get("meeting_type")])
    for recipient in [body.get("attendee"), *(body.get("guests") or [])]:
        if recipient:
            recipient["email"] = unhurried(recipient["email"])
    return body


# How often each address was written to. Five bookings a day with one host are the limit.
WRITTEN_TO = collections.Counter()


def unhurried(email):
    """The address, or another one when it has had enough mail."""
    WRITTEN_TO[email] += 1
    return email if WRITTEN_TO[email] < 4 else f"guest{installation.number()}@example.org"


# What `Line` and `Paragraphs` refuse, and what they trim from the ends of a text.
UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def plain(value):
    if isinstance(value, dict):
        return {plain(name): plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, str):
        return value
    text = UNWANTED.sub("x", value)
    return text if text.strip() else "x" * len(text)


def is_right(case, location):
    """Whether this part of a request is as the document wants it; what is not told apart is so as a whole."""
    if not case.meta:
        return False
    part = case.meta.components.get(location)
    return (part or case.meta.generation).mode.is_positive
