"""Defects, one at a time: what is spoiled, which rule has to find it, and what it has to name."""

from dataclasses import dataclass
from typing import Any, Callable

import front
import retries
import rights
import rooms
import routes
import upkeep


@dataclass
class Twin:
    defect: str
    rule: Callable
    path: tuple
    value: Any
    named: str

    def spoil(self, stack):
        """Puts the value at the path, or takes away what stands there."""
        *way, last = self.path
        place = stack.template if self.path[0] in ("Parameters", "Conditions", "Globals") else stack.resources
        for step in way:
            place = place[step]
        if self.value is GONE:
            del place[last]
        else:
            place[last] = self.value


GONE = object()


def of(name, *path):
    return (name, "Properties", *path)


def policy(name, place=None):
    """The statements of a function's policy, or the one of that place."""
    whole = of(f"{name}Role", "Policies", 0, "PolicyDocument", "Statement")
    return whole if place is None else (*whole, place)


def keyed(action, *prefixes):
    """A statement that reaches items of the table."""
    return {
        "Sid": "Twin",
        "Effect": "Allow",
        "Action": action,
        "Resource": {"Fn::GetAtt": ["Table", "Arn"]},
        "Condition": {
            "ForAllValues:StringLike": {"dynamodb:LeadingKeys": list(prefixes)},
            "Null": {"dynamodb:LeadingKeys": "false"},
        },
    }


OWED = of("DeliverEffects", "Events", "Owed", "Properties")
MINUTE = of("SendReminders", "Events", "EveryMinute", "Properties")
SENT = of("RecordMailEvents", "Events", "LetterSent", "Properties")
DOOR = of("Distribution", "DistributionConfig")
KEY = of("KeyringKey", "KeyPolicy", "Statement")
ELSEWHERE = {"Fn::GetAtt": ["Elsewhere", "Arn"]}
STAR = {"Sid": "Twin", "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}
PATTERN = {"Sid": "Twin", "Effect": "Allow", "Action": "dynamodb:*", "Resource": {"Fn::GetAtt": ["Table", "Arn"]}}
ANYBODY = {"Sid": "Twin", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "x"}
NEW_FUNCTION = {
    "Type": "AWS::Serverless::Function",
    "Properties": {
        "CodeUri": "../../target/lambda/sync-calendars/bootstrap.zip",
        "FunctionName": {"Fn::Sub": "${AWS::StackName}-sync-calendars"},
    },
}
NEW_ROUTE = {
    "Type": "AWS::ApiGatewayV2::Route",
    "Properties": {"RouteKey": "$default", "AuthorizationType": "NONE"},
}

RETRIES = [
    Twin(
        "a stream without attempts", retries.complaints, (*OWED, "MaximumRetryAttempts"), GONE, "MaximumRetryAttempts"
    ),
    Twin("a stream that tries for ever", retries.complaints, (*OWED, "MaximumRecordAgeInSeconds"), -1, "RecordAge"),
    Twin("a stream that fails silently", retries.complaints, (*OWED, "DestinationConfig"), GONE, "goes nowhere"),
    Twin("a stream that starts for all", retries.complaints, (*OWED, "FilterCriteria"), GONE, "FilterCriteria"),
    Twin("a schedule without a policy", retries.complaints, (*MINUTE, "RetryPolicy"), GONE, "MaximumEventAge"),
    Twin("a schedule without a queue", retries.complaints, (*MINUTE, "DeadLetterConfig"), GONE, "goes nowhere"),
    Twin(
        "a rule without attempts", retries.complaints, (*SENT, "RetryPolicy", "MaximumRetryAttempts"), GONE, "Attempts"
    ),
    Twin("a rule with a lost queue", retries.complaints, (*SENT, "DeadLetterConfig", "Arn"), ELSEWHERE, "goes nowhere"),
    Twin(
        "an asynchronous call by default",
        retries.complaints,
        of("RecordMailEvents", "EventInvokeConfig"),
        GONE,
        "RecordMailEvents (asynchronous)",
    ),
]

RIGHTS = [
    Twin("every action", rights.wildcards, policy("CreateBooking", 1), PATTERN, "dynamodb:* is a pattern"),
    Twin("every resource", rights.wildcards, policy("SendReminders", 1), STAR, "reaches every resource"),
    Twin("anybody", rights.wildcards, of("SitePolicy", "PolicyDocument", "Statement", 0), ANYBODY, "lets anybody"),
    Twin("a statement for no reason", rights.wildcards, (*policy("ManageTeam", 1), "Sid"), GONE, "without a Sid"),
    Twin("a managed policy", rights.roles, of("ListSlotsRole", "ManagedPolicyArns"), ["arn:x"], "written elsewhere"),
    Twin(
        "a role of another",
        rights.roles,
        of("ListSlots", "Role"),
        {"Fn::GetAtt": ["CreateBookingRole", "Arn"]},
        "ListSlots: its role",
    ),
    Twin("the whole table", rights.tables, (*policy("ManageTeam", 1), "Condition"), GONE, "ManageTeamRole"),
    Twin("a call without keys", rights.tables, (*policy("ManageTeam", 1), "Condition", "Null"), GONE, "names no key"),
    Twin("a prefix of nobody", rights.tables, policy("ManageTeam", 1), keyed("dynamodb:GetItem", "Q#*"), "'Q#*' is no"),
    Twin("every prefix", rights.tables, policy("ManageTeam", 1), keyed("dynamodb:GetItem", "*"), "'*' is no prefix"),
    Twin("a scan", rights.tables, policy("ManageTeam", 1), keyed("dynamodb:Scan", "B#*"), "dynamodb:Scan"),
    Twin("bookings in lookups", rights.lookups, policy("ListSlots", 1), keyed("dynamodb:GetItem", "B#*"), "need B#*"),
    Twin("tokens in lookups", rights.lookups, policy("ListSlots", 2), keyed("dynamodb:Query", "K#*"), "need K#*"),
    Twin(
        "writing in lookups",
        rights.lookups,
        policy("ListSlots", 1),
        keyed("dynamodb:PutItem", "M#*"),
        "dynamodb:PutItem",
    ),
    Twin("no context in a policy", rights.keys, (*policy("ManageBooking", -2), "Condition"), GONE, "ManageBookingRole"),
    Twin("a key for any context", rights.keys, (*KEY, 2), GONE, "without the encryption context"),
    Twin(
        "a purpose of nobody",
        rights.keys,
        (*KEY, 1, "Condition", "StringEquals", "kms:EncryptionContext:purpose"),
        ["manage-links"],
        "knows the purposes",
    ),
]

ROOMS = [
    Twin("a folder without a block", rooms.names, ("ListSlots",), GONE, "functions/list-slots has no block"),
    Twin("a block without a folder", rooms.names, ("SyncCalendars",), NEW_FUNCTION, "sync-calendars has no folder"),
    Twin("another's code", rooms.names, of("ListSlots", "CodeUri"), "../../target/lambda/x/bootstrap.zip", "its code"),
    Twin("a timeout by default", rooms.sizes, of("ListSlots", "Timeout"), GONE, "left to the default"),
    Twin("a function that outlasts the gateway", rooms.sizes, of("CreateBooking", "Timeout"), 30, "gives up before"),
    Twin(
        "a variable that is missing",
        rooms.variables,
        of("DeliverEffects", "Environment", "Variables", "EVENT_BUS_NAME"),
        GONE,
        "EVENT_BUS_NAME is read",
    ),
    Twin(
        "a variable for nothing",
        rooms.variables,
        of("ListSlots", "Environment", "Variables", "KMS_KEY_ID"),
        "x",
        "KMS_KEY_ID is set",
    ),
    Twin(
        "a parameter that nobody wrote down",
        rooms.parameters,
        ("Parameters", "Colour"),
        {"Type": "String"},
        "Colour is not in",
    ),
    Twin("a parameter that went", rooms.parameters, ("Parameters", "LogLevel"), GONE, "LogLevel is in the table"),
    Twin("another default", rooms.parameters, ("Parameters", "LogLevel", "Default"), "debug", "LogLevel: its default"),
    Twin("logs for ever", rooms.logs, of("ListSlotsLogs", "RetentionInDays"), GONE, "kept for ever"),
    Twin("logs of the service's own making", rooms.logs, of("ListSlots", "LoggingConfig"), GONE, "does not log into"),
    Twin(
        "addresses in the log",
        rooms.logs,
        of("Stage", "AccessLogSettings", "Format"),
        "$context.identity.sourceIp",
        "tells sourceIp",
    ),
]

ROUTES = [
    Twin("a route less", routes.complaints, ("GetMoves",), GONE, "GET /v1/bookings/{id}/slots is in the contract"),
    Twin("a route for all else", routes.complaints, ("Rest",), NEW_ROUTE, "$default has a route"),
    Twin(
        "a team route without a token",
        routes.complaints,
        of("PostApprove", "AuthorizationType"),
        "NONE",
        "without a token",
    ),
    Twin("any scope", routes.complaints, of("PostDecline", "AuthorizationScopes"), GONE, "any token in"),
    Twin(
        "a guest asked for a token",
        routes.complaints,
        of("GetBooking", "AuthorizationType"),
        "JWT",
        "wants a token here",
    ),
    Twin(
        "a route to another function",
        routes.complaints,
        of("PostBooking", "Target"),
        {"Fn::Sub": "integrations/${ListSlotsIntegration}"},
        "leads to list-slots",
    ),
    Twin(
        "a function that may not be called",
        routes.complaints,
        ("ManageTeamPermission",),
        GONE,
        "may not call manage-team",
    ),
    Twin(
        "the old form of events",
        routes.complaints,
        of("ListSlotsIntegration", "PayloadFormatVersion"),
        "1.0",
        "in the form",
    ),
    Twin("no throttle", routes.stage, of("Stage", "DefaultRouteSettings"), GONE, "is not held back"),
    Twin(
        "a write held back no more",
        routes.stage,
        of("Stage", "RouteSettings", "POST /v1/bookings"),
        GONE,
        "held back no more",
    ),
    Twin("a throttle of no route", routes.stage, of("Stage", "RouteSettings", "GET /x"), {}, "holds back GET /x"),
    Twin(
        "a stage that is too early", routes.stage, ("Stage", "DependsOn"), ["GetSlots"], "does not wait for PostBooking"
    ),
    Twin("no audience", routes.authorizer, of("Authorizer", "JwtConfiguration", "Audience"), GONE, "for whom"),
    Twin(
        "a token in the address",
        routes.authorizer,
        of("Authorizer", "IdentitySource"),
        ["$request.querystring.t"],
        "elsewhere",
    ),
    Twin("another scope", routes.authorizer, of("UserPoolScopes", "Scopes", 0, "ScopeName"), "guest", "cannot be had"),
]

PAGES = of("PageHeaders", "ResponseHeadersPolicyConfig")
FRONT = [
    Twin(
        "a laxer page",
        front.headers,
        (*PAGES, "SecurityHeadersConfig", "ContentSecurityPolicy", "ContentSecurityPolicy"),
        "default-src *",
        "PageHeaders: says content-security-policy",
    ),
    Twin(
        "no HSTS",
        front.headers,
        (*PAGES, "SecurityHeadersConfig", "StrictTransportSecurity"),
        GONE,
        "strict-transport-security",
    ),
    Twin(
        "a header less",
        front.headers,
        of("AssetHeaders", "ResponseHeadersPolicyConfig", "CustomHeadersConfig", "Items", 0),
        {"Header": "x-twin", "Value": "1"},
        "AssetHeaders: says permissions-policy",
    ),
    Twin(
        "the API unguarded",
        front.headers,
        of("ApiHeaders", "ResponseHeadersPolicyConfig", "SecurityHeadersConfig", "FrameOptions"),
        GONE,
        "ApiHeaders: says x-frame-options",
    ),
    Twin(
        "moves kept for all",
        front.behaviors,
        (*DOOR, "CacheBehaviors", 1, "PathPattern"),
        "*/slots",
        "/v1/bookings/0f/slots",
    ),
    Twin("lists not kept", front.behaviors, (*DOOR, "CacheBehaviors", 1), GONE, "/v1/meeting-types/demo/slots"),
    Twin(
        "a page without TLS",
        front.behaviors,
        (*DOOR, "DefaultCacheBehavior", "ViewerProtocolPolicy"),
        "allow-all",
        "without TLS",
    ),
    Twin("pages by nobody", front.behaviors, (*DOOR, "DefaultCacheBehavior", "FunctionAssociations"), [], "which page"),
    Twin("lists kept for a minute", front.kept, of("SlotsKept", "CachePolicyConfig", "MaxTTL"), 60, "SlotsKept"),
    Twin(
        "lists by cookie",
        front.kept,
        of(
            "SlotsKept",
            "CachePolicyConfig",
            "ParametersInCacheKeyAndForwardedToOrigin",
            "CookiesConfig",
            "CookieBehavior",
        ),
        "all",
        "SlotsKept",
    ),
    Twin(
        "no Authorization",
        front.kept,
        of("ApiKept", "CachePolicyConfig", "ParametersInCacheKeyAndForwardedToOrigin", "HeadersConfig", "Headers"),
        ["Accept"],
        "ApiKept",
    ),
    Twin(
        "a kept error",
        front.kept,
        (*DOOR, "CustomErrorResponses", 0, "ErrorCachingMinTTL"),
        10,
        "keeps the errors [400]",
    ),
    Twin(
        "no address of the client",
        front.handed_on,
        of("ApiRequests", "OriginRequestPolicyConfig", "HeadersConfig", "Headers"),
        ["Origin"],
        "CloudFront-Viewer-Address is read",
    ),
    Twin(
        "all headers",
        front.handed_on,
        of("ApiRequests", "OriginRequestPolicyConfig", "HeadersConfig"),
        {"HeaderBehavior": "allViewer"},
        "not know the Host",
    ),
    Twin(
        "lists by origin",
        front.handed_on,
        of("SlotsRequests", "OriginRequestPolicyConfig", "HeadersConfig", "Headers"),
        ["CloudFront-Viewer-Address", "Origin"],
        "SlotsRequests",
    ),
    Twin("no proof", front.secret, (*DOOR, "Origins", 1, "OriginCustomHeaders"), [], "does not prove itself"),
    Twin(
        "a secret in clear",
        front.secret,
        (*DOOR, "Origins", 1, "CustomOriginConfig", "OriginProtocolPolicy"),
        "http-only",
        "without TLS",
    ),
    Twin(
        "a secret written down",
        front.secret,
        of("ListSlots", "Environment", "Variables", "ORIGIN_SECRET"),
        "hunter2",
        "ListSlots: compares another",
    ),
    Twin(
        "a short secret",
        front.secret,
        of("OriginSecret", "GenerateSecretString", "PasswordLength"),
        31,
        "no secret that the functions take",
    ),
    Twin(
        "an open bucket",
        front.bucket,
        of("Site", "PublicAccessBlockConfiguration", "BlockPublicAcls"),
        False,
        "opened to everybody",
    ),
    Twin("any origin", front.origins, ("Parameters", "AllowedOrigins", "AllowedPattern"), ".+", "takes *"),
    Twin(
        "origins reflected",
        front.origins,
        of("Api", "CorsConfiguration", "Fn::If", 1, "AllowOrigins"),
        ["*"],
        "others than AllowedOrigins",
    ),
    Twin(
        "cookies of others",
        front.origins,
        of("Api", "CorsConfiguration", "Fn::If", 1, "AllowCredentials"),
        True,
        "other cookies",
    ),
    Twin(
        "any distribution",
        front.bucket,
        of("SitePolicy", "PolicyDocument", "Statement", 0, "Condition"),
        GONE,
        "any distribution",
    ),
]

UPKEEP = [
    Twin("no protection", upkeep.table, of("Table", "DeletionProtectionEnabled"), False, "by a slip"),
    Twin("no recovery", upkeep.table, of("Table", "PointInTimeRecoverySpecification"), GONE, "had back"),
    Twin(
        "a full stream",
        upkeep.table,
        of("Table", "StreamSpecification", "StreamViewType"),
        "NEW_AND_OLD_IMAGES",
        "more than keys",
    ),
    Twin(
        "another TTL",
        upkeep.table,
        of("Table", "TimeToLiveSpecification", "AttributeName"),
        "expires",
        "old items stay",
    ),
    Twin("reserved capacity", upkeep.table, of("Table", "BillingMode"), "PROVISIONED", "costs something"),
    Twin("keys the wrong way round", upkeep.table, of("Table", "KeySchema", 0, "AttributeName"), "SK", "its keys are"),
    Twin("a key that goes along", upkeep.retained, ("KeyringKey", "DeletionPolicy"), "Delete", "KeyringKey: goes"),
    Twin("a table that is replaced", upkeep.retained, ("Table", "UpdateReplacePolicy"), GONE, "Table: goes"),
    Twin("a short memory", upkeep.queues, of("SendRemindersFailed", "MessageRetentionPeriod"), 60, "forgets too soon"),
    Twin("a queue in plain text", upkeep.queues, of("SendRemindersFailed", "SqsManagedSseEnabled"), GONE, "plain text"),
    Twin(
        "addresses for two weeks",
        upkeep.queues,
        of("RecordMailEventsFailed", "MessageRetentionPeriod"),
        1209600,
        "too late",
    ),
    Twin(
        "a queue that takes nothing",
        upkeep.queues,
        ("SendRemindersFailedPolicy",),
        GONE,
        "SendRemindersEveryMinute: may not",
    ),
    Twin(
        "a metric of nobody",
        upkeep.alarms,
        of("ParkedAlarm", "MetricName"),
        "parkedd",
        "parkedd by []",
    ),
    Twin(
        "an alarm about nothing",
        upkeep.alarms,
        of("ListSlotsErrors", "Dimensions", 0, "Value"),
        "x",
        "watches what is not there",
    ),
    Twin(
        "an alarm that tells nobody",
        upkeep.alarms,
        of("ParkedAlarm", "AlarmActions"),
        GONE,
        "ParkedAlarm: tells nobody",
    ),
    Twin("a name of one's own", upkeep.alarms, of("ParkedAlarm", "Namespace"), "openslot", "no metric openslot parked"),
    Twin("silence", upkeep.alarms, of("OldestOwedAlarm", "TreatMissingData"), GONE, "silence"),
    Twin(
        "a function that nobody watches",
        upkeep.alarms,
        ("ManageTeamErrors",),
        GONE,
        "nothing watches Errors of ManageTeam",
    ),
    Twin(
        "a picture of nothing",
        upkeep.dashboard,
        of("Dashboard", "DashboardBody"),
        {"Fn::Sub": '{"widgets": [{"properties": {"metrics": [["openslot", "x"]]}}]}'},
        "no metric openslot x",
    ),
    Twin(
        "another bus",
        upkeep.letters,
        of("MailEvents", "EventDestination", "EventBridgeDestination", "EventBusArn"),
        {"Fn::Sub": "arn:aws:events:x:y:event-bus/own"},
        "the default bus",
    ),
    Twin("letters of others", upkeep.letters, (*SENT, "Pattern", "detail", "mail"), GONE, "others' letters"),
    Twin(
        "no word of what was sent",
        upkeep.letters,
        of("MailEvents", "EventDestination", "MatchingEventTypes"),
        ["BOUNCE"],
        "which letters went out",
    ),
    Twin(
        "work that changed",
        upkeep.stream,
        (*OWED, "FilterCriteria", "Filters", 0, "Pattern"),
        '{"eventName": ["INSERT", "MODIFY"]}',
        "more or less",
    ),
    Twin("whole batches", upkeep.stream, (*OWED, "FunctionResponseTypes"), GONE, "its whole batch"),
]

ALL = [*RETRIES, *RIGHTS, *ROOMS, *ROUTES, *FRONT, *UPKEEP]
