"""What a reply has to be beyond the checks of schemathesis itself."""

import os

import requests
import schemathesis
from schemathesis.core.failures import Failure

SECONDS = 10
# With this the last check below sends its repeat under a key of its own, and has to notice.
FORGETS_KEY = os.environ.get("OPENSLOT_OPENAPI_DEFECT") == "another-key"


class DocumentedHeaderMissing(Failure):
    """A reply lacks a header that is documented for it."""


class OpenWithoutItsLink(Failure):
    """Somebody without its manage link learns of a booking."""


class RepeatDiffers(Failure):
    """A request that was made twice is answered as two requests."""


def _failed(kind, case, message):
    raise kind(operation=case.operation.label, title=kind.__doc__, message=message)


def _again(response, change=lambda request: None):
    """Sends the same request once more, changed or as it was."""
    request = response.request.copy()
    change(request)
    with requests.Session() as session:
        return session.send(request, timeout=SECONDS, allow_redirects=False)


@schemathesis.check
def documented_headers(ctx, response, case):
    """A reply has the headers that are documented for it; only the gateway sends some replies without any."""
    documented = case.operation.definition.raw["responses"].get(str(response.status_code), {})
    if "problem+json" not in content_type(response) and response.status_code >= 400:
        return
    missing = [name for name in documented.get("headers", {}) if name.lower() not in response.headers]
    if missing:
        _failed(DocumentedHeaderMissing, case, f"{response.status_code} without {missing}")


def content_type(response):
    return (response.headers.get("content-type") or [""])[0]


@schemathesis.check
def only_by_manage_link(ctx, response, case):
    """Without its link, or with another one, a booking is as unknown as one that does not exist.

    This stands where `ignored_auth` wants a 401 or 403, either of which would tell a stranger that the booking exists.
    """
    schemes = [name for rule in case.operation.definition.raw.get("security", []) for name in rule]
    if "manage_link" not in schemes or response.status_code != 200:
        return
    link = response.request.headers.get("Authorization", "Manage 0.0")
    forged = link[:-1] + ("A" if link[-1] != "A" else "B")
    for header in (None, f"Manage {'0' * 32}.{'A' * 43}", forged):
        reply = _again(response, lambda request, header=header: authorize(request, header))
        known = reply.status_code != 404 or reply.json().get("type") != "/problems/booking-unknown"
        if known:
            _failed(OpenWithoutItsLink, case, f"{header}: {reply.status_code} {reply.text}")


def authorize(request, header):
    request.headers.pop("Authorization", None)
    if header is not None:
        request.headers["Authorization"] = header


@schemathesis.check
def repeat_is_answered_alike(ctx, response, case):
    """The same request under the same key is answered with 200 and, but for what time changes, the same booking."""
    if "Idempotency-Key" not in response.request.headers or response.status_code not in (200, 201):
        return
    repeat = _again(response, forget_key if FORGETS_KEY else lambda request: None)
    if repeat.status_code != 200:
        _failed(RepeatDiffers, case, f"{repeat.status_code} {repeat.text}")
    case.operation.validate_response(repeat)
    if repeat.json()["booking"] != response.json()["booking"]:
        _failed(RepeatDiffers, case, f"{response.text}\n{repeat.text}")


def forget_key(request):
    request.headers["Idempotency-Key"] += "-another"
