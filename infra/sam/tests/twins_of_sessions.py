"""Defects of who signs in, and of what is told about calls: as in twins.py."""

import rights
import rooms
import sessions
from twins import GONE, Twin, of, policy

CLIENT = "UserPoolClient"
SESSIONS = [
    Twin("a token for ever", sessions.renewal, of(CLIENT, "RefreshTokenRotation"), GONE, "can be used again"),
    Twin(
        "a minute of grace",
        sessions.renewal,
        of(CLIENT, "RefreshTokenRotation", "RetryGracePeriodSeconds"),
        60,
        "more than 10 seconds",
    ),
    Twin(
        "a way around rotation",
        sessions.renewal,
        of(CLIENT, "ExplicitAuthFlows"),
        ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        "beside rotation",
    ),
    Twin("no way to revoke", sessions.renewal, of(CLIENT, "EnableTokenRevocation"), False, "cannot be revoked"),
    Twin("a day of access", sessions.renewal, of(CLIENT, "TokenValidityUnits", "AccessToken"), "hours", "15 minutes"),
    Twin("one factor", sessions.factors, of("UserPool", "MfaConfiguration"), "OPTIONAL", "whatever SecondFactor says"),
    Twin("a factor to think of", sessions.factors, ("Parameters", "SecondFactor", "Default"), "OPTIONAL", "thinks of"),
    Twin("a factor by SMS", sessions.factors, of("UserPool", "EnabledMfas"), ["SMS_MFA"], "other ways"),
]

TRACED = policy("ListSlots", -1)
TRACES = [
    Twin("traces always", rights.traces, ("Globals", "Function", "Tracing"), "Active", "whatever Tracing says"),
    Twin("traces unasked", rights.traces, ("Parameters", "Tracing", "Default"), "Active", "nobody asked for"),
    Twin(
        "traces the wrong way round",
        rights.traces,
        ("Conditions", "HasTraces"),
        {"Fn::Equals": [{"Ref": "Tracing"}, "PassThrough"]},
        "is not what Tracing says",
    ),
    Twin("no right to send traces", rights.traces, TRACED, GONE, "ListSlotsRole: may not send traces"),
    Twin(
        "a right to traces for ever",
        rights.traces,
        policy("ListSlots", 0),
        {"Sid": "Trace", "Effect": "Allow", "Action": "xray:PutTraceSegments", "Resource": "*"},
        "ListSlotsRole: may send traces that nobody asked for",
    ),
    Twin(
        "all of X-Ray",
        rights.wildcards,
        (*TRACED, "Fn::If", 1, "Action"),
        ["xray:PutTraceSegments", "xray:GetTraceSummaries"],
        "reaches every resource",
    ),
    Twin(
        "a host's address in the log",
        rooms.logs,
        of("Stage", "AccessLogSettings", "Format"),
        '{"host":"$context.authorizer.claims.sub","who":"$context.authorizer.claims.email"}',
        "tells claims.email",
    ),
    Twin(
        "a log without hosts",
        rooms.logs,
        of("Stage", "AccessLogSettings", "Format"),
        '{"route":"$context.routeKey"}',
        "which host asked",
    ),
]

ALL = [*SESSIONS, *TRACES]
