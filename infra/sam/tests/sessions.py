"""How hosts sign in at the user pool, and how long that is good for."""

# A stolen access token is of use for so long, and an answer that was lost may be asked for again for so long.
ACCESS_MINUTES = 15
GRACE_SECS = 10


def renewal(stack):
    """What renews a session is good once, can be revoked, and cannot be had by a way around that."""
    client = stack.properties("UserPoolClient")
    rotation = client.get("RefreshTokenRotation", {})
    if rotation.get("Feature") != "ENABLED":
        yield "UserPoolClient: what renews a session can be used again"
    if rotation.get("RetryGracePeriodSeconds", 60) > GRACE_SECS:
        yield f"UserPoolClient: what was used works for more than {GRACE_SECS} seconds"
    if "ALLOW_REFRESH_TOKEN_AUTH" in client["ExplicitAuthFlows"]:
        yield "UserPoolClient: Cognito does not take this flow beside rotation"
    if client.get("EnableTokenRevocation") is not True:
        yield "UserPoolClient: what renews a session cannot be revoked"
    if (client.get("AccessTokenValidity"), client["TokenValidityUnits"].get("AccessToken")) != (ACCESS_MINUTES, "minutes"):
        yield f"UserPoolClient: an access token is good for other than {ACCESS_MINUTES} minutes"


def factors(stack):
    """A second factor is asked for unless a deployment says otherwise, and it is none that can be read in the mail."""
    pool, parameter = stack.properties("UserPool"), stack.template["Parameters"]["SecondFactor"]
    if pool.get("MfaConfiguration") != {"Ref": "SecondFactor"}:
        yield "UserPool: asks for a second factor whatever SecondFactor says, or does not"
    if parameter.get("Default") != "ON" or set(parameter["AllowedValues"]) != {"ON", "OPTIONAL"}:
        yield "SecondFactor: is not asked for unless somebody thinks of it, or can be taken from who has one"
    if pool.get("EnabledMfas") != ["SOFTWARE_TOKEN_MFA"]:
        yield "UserPool: a second factor travels by other ways than the host's own device"
