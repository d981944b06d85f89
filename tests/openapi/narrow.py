"""Facts of the running installation, written into the requests of the document.

The document says what form a request has; which meeting types there are, who hosts them and when they are free is not
in it. Without these facts nearly every request would ask for a meeting type that does not exist, and nothing behind
that answer would be tested. Only requests are narrowed: every reply is held against the document as it is.
"""

import installation

# Without the example of the document, which is a day like any other and passes.
START = {"type": "string", "format": "date-time"}
WORKSHOP_MINUTES = [30, 60, 90, None]
WORKSHOP_ANSWERS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["company", "team-size"],
    "properties": {
        "company": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9 ]{0,30}$"},
        "team-size": {"type": "string", "enum": ["Just me", "2 to 10"]},
        "step-free": {"type": "boolean"},
    },
}


def narrow(document):
    """Writes the facts into a document that was just read."""
    schemas = document["components"]["schemas"]
    _booking(schemas)
    _reschedule(schemas["RescheduleRequest"])
    for operations in document["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", []):
                _parameter(parameter)


def _booking(schemas):
    plain = schemas["BookingRequest"]
    plain["properties"]["start"] = START
    plain["properties"]["time_zone"] = {"type": "string", "enum": installation.ZONES}
    asked = {**plain, "properties": dict(plain["properties"]), "required": [*plain["required"], "answers"]}
    _of_type(asked, installation.WITH_QUESTIONS, WORKSHOP_MINUTES, "emil")
    asked["properties"]["answers"] = WORKSHOP_ANSWERS
    _of_type(plain, installation.PLAIN, [15, None], "nora")
    plain["properties"]["answers"] = {"type": ["object", "null"], "additionalProperties": False}
    schemas["BookingRequest"] = {"oneOf": [plain, asked]}


def _of_type(request, slug, minutes, host):
    request["properties"]["meeting_type"] = {"type": "string", "enum": [slug]}
    request["properties"]["duration_minutes"] = {"enum": minutes}
    request["properties"]["host"] = {"enum": [host, None]}


def _reschedule(request):
    request["properties"]["start"] = START
    request["properties"]["time_zone"] = {"type": "string", "enum": installation.ZONES}
    request["properties"]["duration_minutes"] = {"enum": [30, None]}


def _parameter(parameter):
    ranges = {"from": installation.dates(0, 3), "to": installation.dates(4, 34)}
    facts = {
        "slug": [installation.BEFOREHAND, "nothing-of-the-sort"],
        "time_zone": installation.ZONES,
        "host": ["nora"],
        **ranges,
    }
    if parameter["name"] == "duration_minutes":
        parameter["schema"] = {"type": "integer", "enum": [30]}
    elif parameter["name"] in facts:
        parameter["schema"] = {"type": "string", "enum": facts[parameter["name"]]}
