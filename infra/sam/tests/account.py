"""An account with the stack in it, as well as it can be, for who looks at deployed stacks.

What moto makes of the template is completed by hand: what it does not make of a template is made by a call of its own,
and what it cannot make at all (most of SES, and a stream that says how its last batch went) is answered at boto3's
client. The site, the API past CloudFront and the issuer are a small server on this machine.
"""

import json
import re
import threading
from contextlib import contextmanager
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
import described
import test_stack
from botocore.stub import Stubber
from doctor.deployed import Deployed

STACK = described.read()
PAGE = b'<!doctype html><script type="module" src="/assets/book-1a2b.js"></script>'
MANAGE_PAGE = b'<!doctype html><script type="module" src="/assets/manage-3c4d.js"></script>'
SAID = json.loads(described.source("static-site/headers.json"))
HEADERS = SAID["always"] | SAID["page"] | SAID["https"]
FILES = {
    "book/index.html": PAGE,
    "manage/index.html": MANAGE_PAGE,
    "assets/book-1a2b.js": b"let a",
    "assets/manage-3c4d.js": b"let b",
}
IDENTITY = {"VerifiedForSendingStatus": True, "DkimAttributes": {"Status": "SUCCESS", "SigningEnabled": True}}
SENDS = {"ProductionAccessEnabled": True, "SendingEnabled": True, "EnforcementStatus": "HEALTHY"}
SET = {"SendingOptions": {"SendingEnabled": True}}
HEARD = {
    "Name": "default-bus",
    "Enabled": True,
    "MatchingEventTypes": ["SEND"],
    "EventBridgeDestination": {"EventBusArn": "arn:aws:events:eu-central-1:123456789012:event-bus/default"},
}


class Server:
    """Answers what it was told to by path, and 404 to everything else."""

    def __init__(self):
        self.answers = {}
        handler = type("Handler", (Handler,), {"answers": self.answers})
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def says(self, path, body, status=200, kind="application/json", **headers):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.answers[path] = (status, body, {"Content-Type": kind} | headers)

    def __enter__(self):
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        status, body, headers = self.answers.get(self.path, (404, b"", {}))
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Account:
    def __init__(self, server):
        self.server = server
        self.deployed = Deployed(boto3.Session(), "openslot")
        self.client = self.deployed.client
        self.deployed.client = lambda service: self.stubbed.get(service) or self.client(service)
        self.stubbed, self.stubs = {}, {}

    def part(self, name):
        return self.deployed.part(name)

    def adds(self, name, physical):
        self.deployed.parts[name] = {"PhysicalResourceId": physical, "ResourceType": STACK.resources[name]["Type"]}

    def answers(self, service, call, answer):
        """From here on the service is asked nothing but what stands here, in this order."""
        self._stub(service).add_response(call, answer)

    def refuses(self, service, call, code):
        self._stub(service).add_client_error(call, code, "because")

    def _stub(self, service):
        if service not in self.stubs:
            self.stubbed[service] = boto3.client(service)
            self.stubs[service] = Stubber(self.stubbed[service])
            self.stubs[service].activate()
        return self.stubs[service]

    def forgets(self):
        """Ends what `answers` began, and says whether everything was asked for."""
        unasked = [service for service, stub in self.stubs.items() if stub._queue]
        self.stubbed.clear(), self.stubs.clear()
        return unasked

    def sets(self, function, **variables):
        """Changes the environment of a function; None takes a variable away."""
        name = f"openslot-{function}"
        given = self.client("lambda").get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        given = {key: value for key, value in (given | variables).items() if value is not None}
        self.client("lambda").update_function_configuration(FunctionName=name, Environment={"Variables": given})

    def measures(self, metric, value, at=None):
        at = at or datetime.now(timezone.utc)
        data = [{"MetricName": metric, "Value": value, "Timestamp": at}]
        self.client("cloudwatch").put_metric_data(Namespace=f"openslot/{self.deployed.name}", MetricData=data)

    def puts(self, name, body):
        self.client("s3").put_object(Bucket=self.part("Site"), Key=name, Body=body)

    def signs_in_at(self, **changed):
        """The client of the user pool, with what a test has changed."""
        page = f"{self.server.url}/host/"
        settings = {
            "CallbackURLs": [page],
            "LogoutURLs": [page],
            "AllowedOAuthFlowsUserPoolClient": True,
            "AllowedOAuthFlows": ["code"],
            "AllowedOAuthScopes": ["openid", "openslot/host"],
        }
        pool, client = self.part("UserPool"), self.part("UserPoolClient")
        self.client("cognito-idp").update_user_pool_client(UserPoolId=pool, ClientId=client, **settings | changed)


@contextmanager
def whole():
    """An account where nothing is wrong; of SES, `sends_well` says so."""
    with Server() as server, test_stack.made(STACK, outputs(server.url)):
        account = Account(server)
        complete(account)
        yield account


def outputs(url):
    named = {"SiteUrl": url, "Issuer": f"{url}/issuer", "ConfigurationSetName": "ConfigurationSet-by-name"}
    kept = {name: STACK.template["Outputs"][name] for name in ("SiteBucket", "TableName", "KeyringKeyArn")}
    return kept | {name: {"Value": value} for name, value in named.items()}


def complete(account):
    keep(account)
    use(account)
    serve(account.server)
    account.adds("Bus", "Bus-by-name")
    account.adds("OriginSecret", account.client("secretsmanager").create_secret(Name="secret", SecretString="x")["ARN"])
    account.deployed.api_url = f"{account.server.url}/past"
    for function in ("create-booking", "manage-booking", "deliver-effects", "send-reminders"):
        account.sets(function, BASE_URL=account.server.url)
    sign_in(account)
    ring(account)
    account.measures("oldest_owed_seconds", 0)
    account.measures("parked", 0)
    put_site(account)


def put_site(account):
    for name, body in FILES.items():
        account.puts(name, body)


def keep(account):
    tables, table = account.client("dynamodb"), account.part("Table")
    tables.update_time_to_live(TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": "ttl"})
    recovery = {"PointInTimeRecoveryEnabled": True}
    tables.update_continuous_backups(TableName=table, PointInTimeRecoverySpecification=recovery)


def sign_in(account):
    logins = account.client("cognito-idp")
    pool = logins.create_user_pool(PoolName="openslot")["UserPool"]["Id"]
    account.adds("UserPool", pool)
    client = logins.create_user_pool_client(UserPoolId=pool, ClientName="host-pages")["UserPoolClient"]["ClientId"]
    account.adds("UserPoolClient", client)
    account.signs_in_at()


def ring(account):
    """The alarms of the template, all at rest."""
    for name in STACK.of("AWS::CloudWatch::Alarm"):
        account.client("cloudwatch").put_metric_alarm(
            AlarmName=name,
            AlarmDescription=STACK.properties(name)["AlarmDescription"],
            Namespace="openslot/openslot",
            MetricName="parked",
            Statistic="Maximum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=0,
            ComparisonOperator="GreaterThanThreshold",
        )
        account.adds(name, name)


def secret_of(account, function):
    found = account.client("lambda").get_function_configuration(FunctionName=f"openslot-{function}")
    return found["Environment"]["Variables"]["ORIGIN_SECRET"]


def use(account):
    """The key with its policy as AWS would hand it out: moto keeps it as it stands in the template."""
    policy = STACK.properties("KeyringKey")["KeyPolicy"]
    text = re.sub(r'\{"Fn::Sub": "[^"]*"\}', '"arn:aws:iam::123456789012:root"', json.dumps(policy))
    account.client("kms").put_key_policy(KeyId=account.part("KeyringKey"), PolicyName="default", Policy=text)


def serve(server):
    server.says("/book/doctor", PAGE, kind="text/html", **HEADERS)
    server.says("/v1/openapi.json", {"paths": {"/v1/bookings": {}}})
    server.says("/past/v1/openapi.json", {"status": 403}, status=403)
    issuer = f"{server.url}/issuer"
    server.says("/issuer/.well-known/openid-configuration", {"issuer": issuer, "jwks_uri": f"{issuer}/keys"})
    server.says("/issuer/keys", {"keys": [{"kty": "RSA", "use": "sig"}]})


# What SES is asked by each check of letters, in their order, and answers where all is well.
WELL_SENT = {
    "sender": [("get_email_identity", IDENTITY)],
    "dkim": [("get_email_identity", IDENTITY)],
    "sandbox": [("get_account", SENDS)],
    "sending": [("get_account", SENDS), ("get_configuration_set", SET)],
    "told": [("get_configuration_set_event_destinations", {"EventDestinations": [HEARD]})],
}


def sends_well(account, check=None):
    for one in WELL_SENT if check is None else [check]:
        for call, answer in WELL_SENT.get(one, []):
            account.answers("sesv2", call, answer)
