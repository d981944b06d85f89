"""What the stack keeps: the table, the key, the secret, the site."""

import json
import re

from doctor.checking import ROOT, Note, checks

CHECKS, check = checks()
BUILD = ROOT / "static-site/dist"
PAGES = ("book/index.html", "manage/index.html")
ASSET = re.compile(r"/(assets/[A-Za-z0-9._-]+)")
# What data keys are for; the policy of the key lets them be wrapped and opened for nothing else.
PURPOSES = {"manage-links", "guest-rows", "limit-counters"}


def listed(value):
    return value if isinstance(value, list) else [value]


@check("the stack stands as it was last deployed")
def stack(deployed):
    status = deployed.described["StackStatus"]
    if status.endswith("_IN_PROGRESS"):
        yield f"it is being changed ({status}): wait, and look again"
    elif status not in ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"):
        yield f"its last change failed ({status}): look at the events of the stack in CloudFormation, and deploy again"


def described_table(deployed):
    return deployed.client("dynamodb").describe_table(TableName=deployed.part("Table"))["Table"]


@check("the table takes requests and cannot be deleted by mistake")
def table(deployed):
    found = described_table(deployed)
    if found["TableStatus"] != "ACTIVE":
        yield f"it is {found['TableStatus']}: wait, or look at it in DynamoDB"
    if not found.get("DeletionProtectionEnabled"):
        yield "deletion protection is off: turn it on in DynamoDB"


@check("the table can be restored to any second")
def recovery(deployed):
    found = deployed.client("dynamodb").describe_continuous_backups(TableName=deployed.part("Table"))
    recovery = found["ContinuousBackupsDescription"].get("PointInTimeRecoveryDescription", {})
    if recovery.get("PointInTimeRecoveryStatus") != "ENABLED":
        yield "point-in-time recovery is off: turn it on in DynamoDB, or what is lost is lost"


@check("the table drops what has expired")
def expiry(deployed):
    found = deployed.client("dynamodb").describe_time_to_live(TableName=deployed.part("Table"))["TimeToLiveDescription"]
    if found["TimeToLiveStatus"] not in ("ENABLED", "ENABLING") or found.get("AttributeName") != "ttl":
        yield "time to live is not on for the attribute ttl: turn it on in DynamoDB, or the table only grows"


@check("the table tells what is owed, by keys only")
def stream(deployed):
    given = described_table(deployed).get("StreamSpecification", {})
    if not given.get("StreamEnabled") or given.get("StreamViewType") != "KEYS_ONLY":
        yield "its stream is not on with KEYS_ONLY: deploy the stack again"


@check("the key is enabled and rotates")
def key(deployed):
    keys, key = deployed.client("kms"), deployed.part("KeyringKey")
    state = keys.describe_key(KeyId=key)["KeyMetadata"]["KeyState"]
    if state == "PendingDeletion":
        yield "it is about to be deleted, and with it every manage link: cancel that in KMS now, and enable the key"
    elif state != "Enabled":
        yield f"it is {state}, so no manage link opens: enable it in KMS"
    elif not keys.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"]:
        yield "it does not rotate: turn rotation on in KMS"


@check("the key opens for what functions use it for, and nothing else")
def key_access(deployed):
    keys, key = deployed.client("kms"), deployed.part("KeyringKey")
    policy = keys.get_key_policy(KeyId=key, PolicyName="default")["Policy"]
    allowed = [context(one) for one in json.loads(policy)["Statement"] if one["Effect"] == "Allow" and uses(one)]
    if {} in allowed:
        yield "its policy lets it be used without an encryption context: deploy the stack again"
    opened = {purpose for one in allowed if one.get("app") == {"openslot"} for purpose in one.get("purpose", set())}
    if missing := sorted(PURPOSES - opened):
        yield f"its policy does not let it be used for {', '.join(missing)}: deploy the stack again"


def uses(statement):
    """Whether the statement is about using the key; one of many calls, not every one of them, is enough to matter."""
    calls = set(listed(statement["Action"]))
    return bool(calls & {"kms:Decrypt", "kms:GenerateDataKey", "kms:*", "*"})


def context(statement):
    """The encryption context that a statement asks for, by its keys."""
    asked = statement.get("Condition", {}).get("StringEquals", {})
    prefix = "kms:EncryptionContext:"
    return {name.removeprefix(prefix): set(listed(one)) for name, one in asked.items() if name.startswith(prefix)}


@check("the secret between CloudFront and the functions is there")
def secret(deployed):
    found = deployed.client("secretsmanager").describe_secret(SecretId=deployed.part("OriginSecret"))
    if "DeletedDate" in found:
        yield "it is about to be deleted: restore it in Secrets Manager, or raise OriginSecretRevision and deploy"


@check("the bucket holds the site as it was built")
def site(deployed):
    store, bucket = deployed.client("s3"), deployed.output("SiteBucket")
    pages = {page: read(store, bucket, page) for page in PAGES}
    yield from (f"{page} is not there: upload the site" for page, body in pages.items() if body is None)
    named = {asset for body in pages.values() if body for asset in ASSET.findall(body.decode(errors="replace"))}
    lost = sorted(asset for asset in named if not stands(store, bucket, asset))
    yield from (f"a page asks for {asset}, which is not there: upload the site again" for asset in lost)
    yield from compared(pages)


def compared(pages):
    if not all((BUILD / page).is_file() for page in pages):
        yield Note("not compared: there is no build here")
        return
    for page, body in pages.items():
        if body is not None and body != (BUILD / page).read_bytes():
            yield f"{page} is of another build than the one here: upload the site, or build what is deployed"


def read(store, bucket, name):
    try:
        return store.get_object(Bucket=bucket, Key=name)["Body"].read()
    except store.exceptions.NoSuchKey:
        return None


def stands(store, bucket, name):
    """Asked by listing, because that needs no other right for what is missing than for what is there."""
    found = store.list_objects_v2(Bucket=bucket, Prefix=name, MaxKeys=1).get("Contents", [])
    return any(one["Key"] == name for one in found)
