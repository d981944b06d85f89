"""The routes of the gateway are those of the contract, with the authorizer on exactly those that want a token."""

import json
import re
from fnmatch import fnmatchcase

from described import kebab, named, source

CONTRACT = "shared/wire/openapi.json"
SCOPE = "openslot/host"
# A route as a function's router writes it: .route("/v1/bookings/{id}", get(show))
ROUTER = re.compile(r'\.route\(\s*"([^"]+)",\s*([a-z]+)\(')


def contract():
    """Method and path of every operation, and whether it wants a token."""
    document = json.loads(source(CONTRACT))
    bearer = {
        name for name, scheme in document["components"]["securitySchemes"].items() if scheme.get("scheme") == "bearer"
    }
    return {
        f"{method.upper()} {path}": any(set(one) & bearer for one in operation.get("security", []))
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }


def routes(stack):
    """Method and path of every route, with its properties."""
    return {route["RouteKey"]: (name, route) for name, route in stack.of("AWS::ApiGatewayV2::Route").items()}


def complaints(stack):
    wanted, given = contract(), routes(stack)
    yield from (f"{key} is in the contract and has no route" for key in sorted(wanted.keys() - given.keys()))
    yield from (f"{key} has a route and is not in the contract" for key in sorted(given.keys() - wanted.keys()))
    if len(given) < len(stack.of("AWS::ApiGatewayV2::Route")):
        yield "a route stands there twice"
    for key in sorted(wanted.keys() & given.keys()):
        yield from _authorized(key, given[key][1], wanted[key])
        yield from _handled(stack, key, given[key][1])


def _authorized(key, route, wants_token):
    if wants_token:
        if route.get("AuthorizationType") != "JWT" or named(route.get("AuthorizerId")) != "Authorizer":
            yield f"{key}: lets anybody in without a token"
        if route.get("AuthorizationScopes") != [SCOPE]:
            yield f"{key}: lets any token in, whatever its scope"
    elif route.get("AuthorizationType") != "NONE":
        yield f"{key}: is public in the contract and wants a token here"


def _handled(stack, key, route):
    """The route leads to the function whose router knows it, and the gateway may call that."""
    integration = stack.of("AWS::ApiGatewayV2::Integration").get(named(route.get("Target")), {})
    name = named(integration.get("IntegrationUri")) or ""
    known = ROUTER.findall(source(f"functions/{kebab(name)}/src/lib.rs")) if name in stack.resources else []
    method, path = key.split(" ")
    if (path, method.lower()) not in known:
        yield f"{key}: leads to {kebab(name) or 'nothing'}, whose router does not know it"
        return
    if integration.get("PayloadFormatVersion") != "2.0":
        yield f"{name}: is not called in the form that it reads"
    asked = f"/$default/{method}{path}"
    permissions = stack.of("AWS::Lambda::Permission").values()
    allowed = (_source(one) for one in permissions if named(one["FunctionName"]) == name)
    if not any(fnmatchcase(asked, pattern) for pattern in allowed):
        yield f"{key}: the gateway may not call {kebab(name)}"


def _source(permission):
    """The part of a permission's source behind the API."""
    return permission["SourceArn"]["Fn::Sub"].partition("${Api}")[2]


def stage(stack):
    """The one stage stands on all routes and holds each of them back."""
    given = routes(stack)
    one = stack.properties("Stage")
    if one.get("StageName") != "$default" or one.get("AutoDeploy") is not True:
        yield "Stage: is not the default stage, deployed by itself"
    waits = set(stack.resources["Stage"].get("DependsOn", []))
    yield from (f"Stage: does not wait for {name}" for name, _ in given.values() if name not in waits)
    settings = one.get("RouteSettings", {})
    yield from (f"Stage: holds back {key}, which has no route" for key in settings.keys() - given.keys())
    for key in given:
        limits = settings.get(key, one.get("DefaultRouteSettings", {}))
        if not (limits.get("ThrottlingRateLimit") and limits.get("ThrottlingBurstLimit")):
            yield f"{key}: is not held back"
        if not key.startswith("GET ") and key not in settings:
            yield f"{key}: writes, and is held back no more than what reads"


def authorizer(stack):
    """The authorizer believes one issuer and one audience."""
    one = stack.properties("Authorizer")
    trusted = one.get("JwtConfiguration", {})
    if one.get("AuthorizerType") != "JWT" or not trusted.get("Issuer") or len(trusted.get("Audience", [])) != 1:
        yield "Authorizer: does not say whose tokens, and for whom"
    if one.get("IdentitySource") != ["$request.header.Authorization"]:
        yield "Authorizer: takes a token from elsewhere than the Authorization header"
    server = stack.properties("UserPoolScopes")
    scopes = {f"{server['Identifier']}/{scope['ScopeName']}" for scope in server["Scopes"]}
    if scopes != {SCOPE} or SCOPE not in stack.properties("UserPoolClient")["AllowedOAuthScopes"]:
        yield f"UserPoolScopes: {SCOPE} cannot be had"
