"""Who signs hosts in: the issuer as the API's authorizer sees it, and Cognito's client where there is one."""

from doctor import web
from doctor.checking import Note, checks

CHECKS, check = checks()
SCOPE = "openslot/host"


def discovered(deployed):
    found = web.get(f"{deployed.output('Issuer')}/.well-known/openid-configuration")
    if found.status != 200:
        raise web.Unreachable(f"{found.url} answers {found.status}: is the parameter Issuer right?")
    return found.json()


@check("the issuer says that it is who the API expects")
def issuer(deployed):
    wanted, said = deployed.output("Issuer"), discovered(deployed).get("issuer")
    if said != wanted:
        yield f"it calls itself {said}, and the stack {wanted}: deploy with its own word as Issuer"


@check("the issuer shows an RSA key to check tokens by")
def keys(deployed):
    address = discovered(deployed).get("jwks_uri")
    if not address:
        yield "its discovery document names no jwks_uri: it is no issuer that the API can use"
        return
    found = web.get(address)
    if found.status != 200:
        yield f"{address} answers {found.status}: no token can be checked"
    elif not any(one.get("kty") == "RSA" and one.get("use", "sig") == "sig" for one in found.json().get("keys", [])):
        yield f"{address} holds no RSA key for signatures: let the issuer sign with RS256"


def client(deployed):
    """The client of the user pool; None where hosts sign in elsewhere."""
    if deployed.parameter("Issuer"):
        return None
    found = deployed.client("cognito-idp").describe_user_pool_client(
        UserPoolId=deployed.part("UserPool"), ClientId=deployed.part("UserPoolClient")
    )
    return found["UserPoolClient"]


@check("signing in and out lead back to the site")
def addresses(deployed):
    found = client(deployed)
    if found is None:
        yield Note("an issuer of your own; not looked at")
        return
    page = f"{deployed.output('SiteUrl')}/host/"
    for kind in ("CallbackURLs", "LogoutURLs"):
        if page not in found.get(kind, []):
            yield f"{page} is not among the {kind} of the user pool's client: deploy the stack again"


@check("signing in is by code, and gives the scope of hosts")
def flow(deployed):
    found = client(deployed)
    if found is None:
        yield Note("an issuer of your own; not looked at")
        return
    if not found.get("AllowedOAuthFlowsUserPoolClient") or found.get("AllowedOAuthFlows") != ["code"]:
        yield "the user pool's client allows other flows than code: deploy the stack again"
    if SCOPE not in found.get("AllowedOAuthScopes", []):
        yield f"the user pool's client does not give {SCOPE}, so no host gets in: deploy the stack again"
