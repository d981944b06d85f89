"""The front door: what is kept, what is handed on, and what every answer says to a browser."""

import json
import re
from fnmatch import fnmatchcase

from described import named, source

HEADERS = "static-site/headers.json"
EDGE = "shared/edge/src/http.rs"
# Headers that CloudFront says in words of its own.
SECURITY = {
    "content-security-policy": ("ContentSecurityPolicy", lambda one: one["ContentSecurityPolicy"]),
    "x-content-type-options": ("ContentTypeOptions", lambda one: "nosniff"),
    "x-frame-options": ("FrameOptions", lambda one: one["FrameOption"]),
    "referrer-policy": ("ReferrerPolicy", lambda one: one["ReferrerPolicy"]),
    "strict-transport-security": (
        "StrictTransportSecurity",
        lambda one: f"max-age={one['AccessControlMaxAgeSec']}" + "; includeSubDomains" * one["IncludeSubdomains"],
    ),
}
# All errors that CloudFront would keep for a while.
ERRORS = {400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504}


def said(policy):
    """What a response headers policy says, by header."""
    config = policy["ResponseHeadersPolicyConfig"]
    given = config.get("SecurityHeadersConfig", {})
    words = {header: say(given[key]) for header, (key, say) in SECURITY.items() if key in given}
    items = config.get("CustomHeadersConfig", {}).get("Items", [])
    return words | {item["Header"].lower(): item["Value"] for item in items}


def described():
    """What the site's own description wants on pages and on assets, over HTTPS."""
    sets = json.loads(source(HEADERS))
    return {name: sets["always"] | sets[name] | sets["https"] for name in ("page", "asset")}


def headers(stack):
    """Pages and assets carry what static-site/headers.json says, and the API what its functions say."""
    wanted = described()
    guards = re.findall(r'\((?:HeaderName::from_static\("([a-z-]+)"\)|([A-Z_]+)), "([^"]+)"\)', source(EDGE))
    api = {(name or constant.lower().replace("_", "-")): value for name, constant, value in guards}
    for name, given in (("PageHeaders", wanted["page"]), ("AssetHeaders", wanted["asset"]), ("ApiHeaders", api)):
        policy = said(stack.properties(name))
        for header in sorted(policy.keys() | given.keys()):
            if policy.get(header) != given.get(header):
                yield f"{name}: says {header}: {policy.get(header)} where {given.get(header)} is described"


def behaviors(stack):
    """Every path is answered by whom it should be, in order."""
    config = stack.properties("Distribution")["DistributionConfig"]
    for path, target, kept, told in (
        ("/v1/meeting-types/demo/slots", "api", "SlotsKept", "ApiHeaders"),
        ("/v1/bookings/0f/slots", "api", "ApiKept", "ApiHeaders"),
        ("/v1/bookings", "api", "ApiKept", "ApiHeaders"),
        ("/assets/book-1a2b.js", "site", "AssetsKept", "AssetHeaders"),
        ("/book/demo", "site", "PagesKept", "PageHeaders"),
        ("/manage/", "site", "PagesKept", "PageHeaders"),
    ):
        one = behavior(config, path)
        found = (one["TargetOriginId"], named(one["CachePolicyId"]), named(one["ResponseHeadersPolicyId"]))
        if found != (target, kept, told):
            yield f"{path}: is answered by {', '.join(map(str, found))} instead of {target}, {kept}, {told}"
    for one in [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]:
        if one["ViewerProtocolPolicy"] not in ("redirect-to-https", "https-only"):
            yield f"{one.get('PathPattern', 'pages')}: can be had without TLS"
    if [named(one["FunctionARN"]) for one in config["DefaultCacheBehavior"]["FunctionAssociations"]] != ["SitePaths"]:
        yield "pages: nobody says which page an address stands for"


def behavior(config, path):
    """The behavior that answers a path: the first that fits."""
    fitting = (one for one in config["CacheBehaviors"] if fnmatchcase(path, one["PathPattern"]))
    return next(fitting, config["DefaultCacheBehavior"])


def kept(stack):
    """Only lists of free times are kept, for 5 seconds and by their query; no error is."""
    slots, api = (_cache(stack, name) for name in ("SlotsKept", "ApiKept"))
    if slots != {"MinTTL": 0, "MaxTTL": 5, "cookies": "none", "headers": [], "query": "all"}:
        yield f"SlotsKept: lists of free times are kept otherwise than for 5 seconds by their query: {slots}"
    if api != {"MinTTL": 0, "MaxTTL": 1, "cookies": "all", "headers": ["Authorization"], "query": "all"}:
        yield f"ApiKept: answers are kept, or Authorization is not handed on: {api}"
    config = stack.properties("Distribution")["DistributionConfig"]
    forgotten = {one["ErrorCode"] for one in config.get("CustomErrorResponses", []) if one["ErrorCachingMinTTL"] == 0}
    if forgotten != ERRORS:
        yield f"Distribution: keeps the errors {sorted(ERRORS - forgotten)}"


def _cache(stack, name):
    config = stack.properties(name)["CachePolicyConfig"]
    key = config["ParametersInCacheKeyAndForwardedToOrigin"]
    return {
        "MinTTL": config["MinTTL"],
        "MaxTTL": config["MaxTTL"],
        "cookies": key["CookiesConfig"]["CookieBehavior"],
        "headers": key["HeadersConfig"].get("Headers", []),
        "query": key["QueryStringsConfig"]["QueryStringBehavior"],
    }


def handed_on(stack):
    """What the functions read of a request reaches them, and the Host of the site does not."""
    wanted = {"CloudFront-Viewer-Address", "Content-Type", "Idempotency-Key", "Origin"}
    sent = {name: _sent(stack, name) for name in ("ApiRequests", "SlotsRequests")}
    yield from (f"ApiRequests: {header} is read but not handed on" for header in sorted(wanted - sent["ApiRequests"]))
    if sent["SlotsRequests"] != {"CloudFront-Viewer-Address"}:
        yield "SlotsRequests: what is kept for all depends on who asked first, or comes from no address"
    for name, given in sent.items():
        if "Host" in given:
            yield f"{name}: the API would not know the Host"


def _sent(stack, name):
    config = stack.properties(name)["OriginRequestPolicyConfig"]["HeadersConfig"]
    return set(config["Headers"]) if config["HeaderBehavior"] == "whitelist" else {config["HeaderBehavior"], "Host"}


def secret(stack):
    """CloudFront proves itself to the API with what the functions compare, and that is generated."""
    reference = {"Fn::Sub": "{{resolve:secretsmanager:${OriginSecret}:SecretString}}"}
    config = stack.properties("Distribution")["DistributionConfig"]
    api = next(one for one in config["Origins"] if one["Id"] == "api")
    sent = [(one["HeaderName"], one["HeaderValue"]) for one in api["OriginCustomHeaders"]]
    if sent != [("X-Origin-Secret", reference)]:
        yield "Distribution: does not prove itself to the API"
    if api["CustomOriginConfig"]["OriginProtocolPolicy"] != "https-only":
        yield "Distribution: tells the secret without TLS"
    for name, function in stack.of("AWS::Serverless::Function").items():
        if function["Environment"]["Variables"].get("ORIGIN_SECRET", reference) != reference:
            yield f"{name}: compares another secret than CloudFront sends"
    made = stack.properties("OriginSecret").get("GenerateSecretString", {})
    if not 32 <= made.get("PasswordLength", 0) <= 256 or made.get("ExcludePunctuation") is not True:
        yield "OriginSecret: is no secret that the functions take"


def bucket(stack):
    """Only the distribution reads the site's files."""
    if set(stack.properties("Site").get("PublicAccessBlockConfiguration", {}).values()) != {True}:
        yield "Site: may be opened to everybody"
    for statement in stack.properties("SitePolicy")["PolicyDocument"]["Statement"]:
        given = statement.get("Condition", {}).get("StringEquals", {}).get("AWS:SourceArn")
        if statement["Effect"] == "Allow" and named(given) != "Distribution":
            yield f"SitePolicy, {statement['Sid']}: lets any distribution of anybody read"


def origins(stack):
    """Sites elsewhere are let in by their exact origin, alike at the gateway and at CloudFront, and without cookies."""
    pattern = stack.template["Parameters"]["AllowedOrigins"].get("AllowedPattern", ".*")
    for origin, good in (
        ("https://www.example.org", True),
        ("https://www.example.org:8443", True),
        ("*", False),
        ("null", False),
        ("https://*.example.org", False),
        ("https://example.org/", False),
        ("http://example.org", False),
    ):
        if bool(re.fullmatch(pattern, origin)) != good:
            yield f"AllowedOrigins: {'refuses' if good else 'takes'} {origin}"
    gateway = _cors(stack.properties("Api").get("CorsConfiguration"))
    door = _cors(stack.properties("ApiHeaders")["ResponseHeadersPolicyConfig"].get("CorsConfig"))
    told = {
        "origins": (gateway.get("AllowOrigins"), door.get("AccessControlAllowOrigins")),
        "headers": (gateway.get("AllowHeaders"), door.get("AccessControlAllowHeaders")),
        "methods": (gateway.get("AllowMethods"), door.get("AccessControlAllowMethods")),
        "cookies": (gateway.get("AllowCredentials"), door.get("AccessControlAllowCredentials")),
    }
    for what, (one, other) in told.items():
        items = other["Items"] if isinstance(other, dict) and "Items" in other else other
        if one != items:
            yield f"the gateway and CloudFront let in other {what}: {one} and {items}"
    if gateway.get("AllowOrigins") != {"Ref": "AllowedOrigins"} or gateway.get("AllowCredentials") is not False:
        yield "Api: lets in others than AllowedOrigins, or cookies"


def _cors(given):
    """What holds if there are origins elsewhere."""
    condition, then, otherwise = (given or {}).get("Fn::If", (None, {}, None))
    return then if condition == "HasAllowedOrigins" and otherwise == {"Ref": "AWS::NoValue"} else {}
