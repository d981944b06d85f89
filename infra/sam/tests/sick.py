"""What can be wrong with a deployed stack: per defect the check that names it, in which words, and how it is mended."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Callable

import account
from account import HEARD, IDENTITY, SENDS, SET
from doctor import front, kept, letters, login, running, watched

DISCOVERY = "/issuer/.well-known/openid-configuration"


@dataclass
class Defect:
    called: str
    look: Callable
    words: str
    spoil: Callable
    mend: Callable


ALL = []


def defect(called, look, words, mend=lambda account: None):
    def add(spoil):
        ALL.append(Defect(called, look, words, spoil, mend))
        return spoil

    return add


def calls(service, call, **arguments):
    """What makes a call of AWS, with what `part` finds in the account."""

    def make(at, *_):
        given = {key: value(at) if callable(value) else value for key, value in arguments.items()}
        getattr(at.client(service), call)(**given)

    return make


def part(name):
    return lambda at: at.part(name)


def by_call(called, look, words, service, spoiling, mending):
    """A defect that one call makes and another mends."""
    (call, given), (back, given_back) = spoiling, mending
    ALL.append(Defect(called, look, words, calls(service, call, **given), calls(service, back, **given_back)))


def by_answer(called, look, words, service, *answers):
    """A defect that moto cannot have: what the service would answer."""

    def spoil(at, _):
        for call, answer in answers:
            at.answers(service, call, answer)

    ALL.append(Defect(called, look, words, spoil, lambda at: at.forgets()))


def by_page(called, look, words, path, *answer, **more):
    """A defect of what is answered at an address."""

    def spoil(at, _):
        at.server.says(path, *answer, **more)

    ALL.append(Defect(called, look, words, spoil, lambda at: account.serve(at.server)))


def by_status(status):
    return lambda at, monkeypatch: monkeypatch.setitem(at.deployed.described, "StackStatus", status)


# ---- What is kept ----------------------------------------------------------------------------------------------------

defect("a change that failed", kept.stack, "UPDATE_ROLLBACK_COMPLETE")(by_status("UPDATE_ROLLBACK_COMPLETE"))
defect("a change under way", kept.stack, "wait")(by_status("UPDATE_IN_PROGRESS"))

TABLE = {"TableName": part("Table")}
by_call(
    "a table that may be deleted",
    kept.table,
    "deletion protection is off",
    "dynamodb",
    ("update_table", TABLE | {"DeletionProtectionEnabled": False}),
    ("update_table", TABLE | {"DeletionProtectionEnabled": True}),
)
by_answer(
    "a table that is being made",
    kept.table,
    "it is CREATING",
    "dynamodb",
    ("describe_table", {"Table": {"TableStatus": "CREATING", "DeletionProtectionEnabled": True}}),
)


def recovery(on):
    return {"PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": on}}


by_call(
    "no recovery",
    kept.recovery,
    "point-in-time recovery is off",
    "dynamodb",
    ("update_continuous_backups", TABLE | recovery(False)),
    ("update_continuous_backups", TABLE | recovery(True)),
)


def ttl(on, name="ttl"):
    return {"TimeToLiveSpecification": {"Enabled": on, "AttributeName": name}}


by_call(
    "a table that only grows",
    kept.expiry,
    "time to live is not on",
    "dynamodb",
    ("update_time_to_live", TABLE | ttl(False)),
    ("update_time_to_live", TABLE | ttl(True)),
)
STREAM = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
by_answer(
    "a stream that tells everything",
    kept.stream,
    "KEYS_ONLY",
    "dynamodb",
    ("describe_table", {"Table": {"StreamSpecification": STREAM}}),
)

KEY = {"KeyId": part("KeyringKey")}
by_call("a key that is off", kept.key, "Disabled", "kms", ("disable_key", KEY), ("enable_key", KEY))
by_call(
    "a key for ever",
    kept.key,
    "does not rotate",
    "kms",
    ("disable_key_rotation", KEY),
    ("enable_key_rotation", KEY),
)


@defect(
    "a key that is about to go",
    kept.key,
    "cancel that in KMS now",
    mend=lambda at: (calls("kms", "cancel_key_deletion", **KEY)(at), calls("kms", "enable_key", **KEY)(at)),
)
def key_about_to_go(at, _):
    at.client("kms").schedule_key_deletion(KeyId=at.part("KeyringKey"), PendingWindowInDays=7)


def policy(right, wrong):
    def spoil(at, _):
        keys, key = at.client("kms"), at.part("KeyringKey")
        text = json.dumps(json.loads(keys.get_key_policy(KeyId=key, PolicyName="default")["Policy"]))
        assert right in text
        keys.put_key_policy(KeyId=key, PolicyName="default", Policy=text.replace(right, wrong))

    return spoil


defect("a key without guests", kept.key_access, "for guest-rows", account.use)(policy('"guest-rows", ', ""))
defect("a key of others", kept.key_access, "for guest-rows, limit-counters, manage-links", account.use)(
    policy('"kms:EncryptionContext:app": "openslot", "kms:E', '"kms:EncryptionContext:app": "another", "kms:E')
)
defect("a key for everything", kept.key_access, "without an encryption context", account.use)(
    policy('"kms:DescribeKey"', '"kms:Decrypt"')
)

SECRET = {"SecretId": part("OriginSecret")}
by_call(
    "a secret that is about to go",
    kept.secret,
    "restore it",
    "secretsmanager",
    ("delete_secret", SECRET),
    ("restore_secret", SECRET),
)

SITE = {"Bucket": part("Site")}
for called, name, words in (
    ("a page that is missing", "manage/index.html", "manage/index.html is not there"),
    ("an asset that is missing", "assets/book-1a2b.js", "asks for assets/book-1a2b.js"),
):
    defect(called, kept.site, words, account.put_site)(calls("s3", "delete_object", **SITE, Key=name))


@defect("a page of another build", kept.site, "book/index.html is of another build", account.put_site)
def another_build(at, _):
    at.puts("book/index.html", account.PAGE + b"<!-- older -->")


# ---- What runs -------------------------------------------------------------------------------------------------------


def seven(**of_one):
    well = {"State": "Active", "LastUpdateStatus": "Successful"}
    return [("get_function_configuration", one) for one in [well] * 6 + [well | of_one]]


FAILED, NOT_UPDATED = seven(State="Failed", StateReason="no image"), seven(LastUpdateStatus="Failed")
by_answer("a function that failed", running.functions, "is Failed (no image)", "lambda", *FAILED)
by_answer("an update that failed", running.functions, "its last update is Failed", "lambda", *NOT_UPDATED)


def environment(called, words, function, back, **changed):
    ALL.append(
        Defect(
            called,
            running.settings,
            words,
            lambda at, _: at.sets(function, **changed),
            lambda at: at.sets(function, **back),
        )
    )


environment("a level by hand", "ListSlots: LOG_LEVEL is not", "list-slots", {"LOG_LEVEL": "info"}, LOG_LEVEL="trace")
environment("a level that is gone", "LOG_LEVEL is not set", "list-slots", {"LOG_LEVEL": "info"}, LOG_LEVEL=None)
environment("a variable by hand", "SPEED was set by hand", "send-reminders", {"SPEED": None}, SPEED="high")


def secret_back(at):
    at.sets("list-slots", ORIGIN_SECRET=account.secret_of(at, "create-booking"))


@defect("a secret of its own", running.settings, "do not agree on the secret", secret_back)
def own_secret(at, _):
    at.sets("list-slots", ORIGIN_SECRET="another")


def mapping_on(on):
    def switch(at, *_):
        [one] = at.client("lambda").list_event_source_mappings()["EventSourceMappings"]
        at.client("lambda").update_event_source_mapping(UUID=one["UUID"], Enabled=on)

    return switch


defect("a stream at rest", running.mapping, "mapping is Disabled", mapping_on(True))(mapping_on(False))


@defect("a batch that failed", running.mapping, "its last batch failed", mend=lambda at: at.forgets())
def failed_batch(at, _):
    [one] = at.client("lambda").list_event_source_mappings()["EventSourceMappings"]
    said = {"State": "Enabled", "LastProcessingResult": "PROBLEM: Function call failed"}
    one = said | {"EventSourceArn": one["EventSourceArn"]}
    at.answers("lambda", "list_event_source_mappings", {"EventSourceMappings": [one]})


@defect("a stream that is closed", running.mapping, "has closed", mend=lambda at: at.forgets())
def closed_stream(at, _):
    one = {"State": "Enabled", "EventSourceArn": "arn:aws:dynamodb:eu-central-1:123456789012:table/t/stream/older"}
    at.answers("lambda", "list_event_source_mappings", {"EventSourceMappings": [one]})


NONE = ("list_event_source_mappings", {"EventSourceMappings": []})
by_answer("no stream at all", running.mapping, "0 streams start it", "lambda", NONE)

for look, name in ((running.schedule, "SendRemindersEveryMinute"), (running.letter_sent, "RecordMailEventsLetterSent")):
    RULE = {"Name": part(name)}
    by_call(f"{name} at rest", look, "its rule is DISABLED", "events", ("disable_rule", RULE), ("enable_rule", RULE))


@defect("a minute that starts nothing", running.schedule, "does not start", mend=lambda at: at.forgets())
def idle_minute(at, _):
    at.answers("events", "describe_rule", {"State": "ENABLED"})
    another = {"Id": "one", "Arn": "arn:aws:lambda:eu-central-1:123456789012:function:another"}
    at.answers("events", "list_targets_by_rule", {"Targets": [another]})


@defect(
    "what was given up",
    running.queues,
    "1 in DeliverEffectsFailed",
    mend=calls("sqs", "purge_queue", QueueUrl=part("DeliverEffectsFailed")),
)
def given_up(at, _):
    at.client("sqs").send_message(QueueUrl=at.part("DeliverEffectsFailed"), MessageBody="{}")


# ---- Letters ---------------------------------------------------------------------------------------------------------


def of_identity(**changed):
    return ("get_email_identity", IDENTITY | changed)


def of_dkim(**changed):
    return of_identity(DkimAttributes=IDENTITY["DkimAttributes"] | changed)


def of_account(**changed):
    return ("get_account", SENDS | changed)


def of_heard(**changed):
    return ("get_configuration_set_event_destinations", {"EventDestinations": [HEARD | changed]})


@defect("a sender nobody knows", letters.sender, "example.org is no identity", mend=lambda at: at.forgets())
def unknown_sender(at, _):
    at.refuses("sesv2", "get_email_identity", "NotFoundException")


SET_OK = ("get_configuration_set", SET)
PAUSED = ("get_configuration_set", {"SendingOptions": {"SendingEnabled": False}})
TO_ANOTHER = {"EventBridgeDestination": {"EventBusArn": "arn:aws:events:eu-central-1:123456789012:event-bus/mail"}}
for called, look, words, *answers in (
    ("a sender not proved", letters.sender, "not verified", of_identity(VerifiedForSendingStatus=False)),
    ("DKIM on its way", letters.dkim, "is PENDING", of_dkim(Status="PENDING")),
    ("DKIM turned off", letters.dkim, "turned off", of_dkim(SigningEnabled=False)),
    ("a sandbox", letters.sandbox, "in the sandbox", of_account(ProductionAccessEnabled=False)),
    ("an account at rest", letters.sending, "paused for the account", of_account(SendingEnabled=False), SET_OK),
    ("an account shut", letters.sending, "paused for the account", of_account(EnforcementStatus="SHUTDOWN"), SET_OK),
    ("an account under review", letters.sending, "under review", of_account(EnforcementStatus="PROBATION"), SET_OK),
    ("letters at rest", letters.sending, "configuration set: resume", of_account(), PAUSED),
    ("events off", letters.told, "no event destination", of_heard(Enabled=False)),
    ("no word of sending", letters.told, "no event destination", of_heard(MatchingEventTypes=["BOUNCE"])),
    ("words to another bus", letters.told, "no event destination", of_heard(**TO_ANOTHER)),
):
    by_answer(called, look, words, "sesv2", *answers)

# ---- Who signs in ----------------------------------------------------------------------------------------------------

by_page("an issuer by another name", login.issuer, "calls itself https://other", DISCOVERY, {"issuer": "https://other"})
by_page("an issuer that is not there", login.issuer, "answers 404", DISCOVERY, b"", status=404)
by_page("an issuer without a word", login.issuer, "no JSON", DISCOVERY, b"<html>", kind="text/html")
by_page("an issuer without keys", login.keys, "names no jwks_uri", DISCOVERY, {"issuer": "x"})
by_page("keys of another kind", login.keys, "no RSA key", "/issuer/keys", {"keys": [{"kty": "EC"}]})
by_page("keys that are gone", login.keys, "answers 404", "/issuer/keys", b"", status=404)


def signing_in(called, look, words, **changed):
    ALL.append(Defect(called, look, words, lambda at, _: at.signs_in_at(**changed), lambda at: at.signs_in_at()))


ELSEWHERE = ["https://elsewhere.example.org/host/"]


@defect("no way in at all", login.flow, "the stack has no UserPoolClient")
def no_client(at, monkeypatch):
    monkeypatch.delitem(at.deployed.parts, "UserPoolClient")


signing_in("a way back elsewhere", login.addresses, "among the CallbackURLs", CallbackURLs=ELSEWHERE)
signing_in("a way out elsewhere", login.addresses, "among the LogoutURLs", LogoutURLs=ELSEWHERE)
signing_in("tokens in an address", login.flow, "other flows than code", AllowedOAuthFlows=["code", "implicit"])
signing_in("no scope for hosts", login.flow, "does not give openslot/host", AllowedOAuthScopes=["openid"])

# ---- What is reached -------------------------------------------------------------------------------------------------

API, PAST = "/v1/openapi.json", "/past/v1/openapi.json"
by_page("no page", front.page, "answers 404", "/book/doctor", b"", status=404)
by_page("a page elsewhere", front.page, "answers 302", "/book/doctor", b"", status=302, Location=API)
by_page("a page of others", front.page, "no booking page", "/book/doctor", b"<html>parked</html>", kind="text/html")
by_page("a page that may do all", front.headers, "content-security-policy is not", "/book/doctor", account.PAGE)
FRAMED = account.HEADERS | {"x-frame-options": "SAMEORIGIN"}
by_page("a page in a frame", front.headers, "x-frame-options is not", "/book/doctor", account.PAGE, **FRAMED)
by_page("a secret of two minds", front.api, "differ in their secret", API, {}, status=403)
by_page("an API that fails", front.api, "answers 500", API, {}, status=500)
by_page("an API of others", front.api, "not the API's description", API, {"paths": {}})
by_page("a back door", front.past, "answers 200, not 403", PAST, {"paths": {}})


@defect("a site that is not there", front.page, "cannot be reached")
def no_site(at, monkeypatch):
    with account.Server() as gone:
        url = gone.url
    monkeypatch.setitem(at.deployed.outputs, "SiteUrl", url)


# ---- Who watches -----------------------------------------------------------------------------------------------------


def silence(_, monkeypatch):
    later = datetime.now(timezone.utc) + timedelta(minutes=10)
    monkeypatch.setattr(watched, "now", lambda: later)


defect("no sweep", watched.sweep, "said nothing for five minutes")(silence)
defect("no count", watched.parked, "said nothing for five minutes")(silence)


@defect("work that waits", watched.sweep, "has waited for 20 minutes")
def waiting(at, monkeypatch):
    monkeypatch.setattr(at.deployed, "name", "waiting")
    at.measures("oldest_owed_seconds", 1200)


@defect("work set aside", watched.parked, "3 pieces wait")
def set_aside(at, monkeypatch):
    monkeypatch.setattr(at.deployed, "name", "aside")
    at.measures("parked", 3)


def state(value):
    return {"AlarmName": part("Throttles"), "StateValue": value, "StateReason": "test"}


by_call(
    "an alarm",
    watched.alarms,
    "Throttles rings: The account ran out",
    "cloudwatch",
    ("set_alarm_state", state("ALARM")),
    ("set_alarm_state", state("OK")),
)


@defect("no alarms", watched.alarms, "the stack has none")
def no_alarms(at, monkeypatch):
    for name in [name for name, one in at.deployed.parts.items() if one["ResourceType"] == watched.ALARM]:
        monkeypatch.delitem(at.deployed.parts, name)


defect("an alarm that is gone", watched.alarms, "Throttles is not there", account.ring)(
    calls("cloudwatch", "delete_alarms", AlarmNames=lambda at: [at.part("Throttles")])
)
