"""Defects for documents: each makes the document say something that is not so, and one check has to find it."""

import copy


def _operation(document, operation_id):
    every = (operation for path in document["paths"].values() for operation in path.values())
    return next(operation for operation in every if operation["operationId"] == operation_id)


def _replies(document, operation_id):
    return _operation(document, operation_id)["responses"]


def _field_that_replies_lack(document):
    document["components"]["schemas"]["CreatedBooking"]["required"].append("weather")


def _status_left_out(document):
    del _replies(document, "get_meeting_type")["404"]


def _content_type_left_out(document):
    del _replies(document, "approve_booking")["401"]["content"]["application/json"]


def _header_that_replies_lack(document):
    _replies(document, "list_slots")["200"]["headers"]["Weather"] = {"schema": {"type": "string"}}


def _bound_too_narrow(document):
    document["components"]["schemas"]["DeclineRequest"]["properties"]["reason"]["maxLength"] = 500


def _bound_too_wide(document):
    document["components"]["schemas"]["DeclineRequest"]["properties"]["reason"]["maxLength"] = 1001


def _open_route_called_closed(document):
    _operation(document, "get_document")["security"] = [{"login": []}]


def _open_route_called_by_link(document):
    _operation(document, "get_meeting_type")["security"] = [{"manage_link": []}]


def _key_forgotten(_document):
    """The document stays as it is; checks.py sends its repeat under another key."""


# Name: what it does, whose operation shows it, and the failure that has to be found.
DEFECTS = {
    "field": (_field_that_replies_lack, "create_booking", "JsonSchemaError"),
    "status": (_status_left_out, "get_meeting_type", "UndefinedStatusCode"),
    "content-type": (_content_type_left_out, "approve_booking", "UndefinedContentType"),
    "header": (_header_that_replies_lack, "list_slots", "DocumentedHeaderMissing"),
    "too-narrow": (_bound_too_narrow, "decline_booking", "AcceptedNegativeData"),
    "too-wide": (_bound_too_wide, "decline_booking", "RejectedPositiveData"),
    "open": (_open_route_called_closed, "get_document", "IgnoredAuth"),
    "link": (_open_route_called_by_link, "get_meeting_type", "OpenWithoutItsLink"),
    "another-key": (_key_forgotten, "create_booking", "RepeatDiffers"),
}


def planted(document, name):
    """The document with one defect."""
    wrong = copy.deepcopy(document)
    DEFECTS[name][0](wrong)
    return wrong
