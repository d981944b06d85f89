"""What letters need: an identity that may send, signs, and reaches everybody, and the events of SES."""

from doctor.checking import checks

CHECKS, check = checks()


def identity(deployed):
    return deployed.parameter("SenderIdentity") or deployed.parameter("SenderAddress").split("@")[1]


def known(deployed):
    client = deployed.client("sesv2")
    try:
        return client.get_email_identity(EmailIdentity=identity(deployed))
    except client.exceptions.NotFoundException:
        return None


@check("SES knows the sender")
def sender(deployed):
    found = known(deployed)
    if found is None:
        yield f"{identity(deployed)} is no identity of SES in this region: create it there, and prove that it is yours"
    elif not found.get("VerifiedForSendingStatus"):
        yield f"{identity(deployed)} is not verified: set the DNS records that SES shows for it"


@check("letters are signed (DKIM)")
def dkim(deployed):
    found = (known(deployed) or {}).get("DkimAttributes", {})
    if found.get("Status") != "SUCCESS":
        status = found.get("Status", "not set up")
        yield f"DKIM of {identity(deployed)} is {status}: set the three CNAME records that SES shows for it"
    elif not found.get("SigningEnabled"):
        yield f"DKIM of {identity(deployed)} is proved and turned off: turn it on in SES"


@check("letters reach everybody (not in the SES sandbox)")
def sandbox(deployed):
    if not deployed.client("sesv2").get_account().get("ProductionAccessEnabled"):
        yield "the account is in the sandbox, where guests get nothing: request production access in SES"


@check("SES sends")
def sending(deployed):
    client = deployed.client("sesv2")
    account = client.get_account()
    if not account.get("SendingEnabled") or account.get("EnforcementStatus") == "SHUTDOWN":
        yield "sending is paused for the account: look at the reputation dashboard of SES"
    elif account.get("EnforcementStatus") == "PROBATION":
        yield "the account is under review for bounces or complaints: look at the reputation dashboard of SES"
    ours = client.get_configuration_set(ConfigurationSetName=deployed.output("ConfigurationSetName"))
    if not ours.get("SendingOptions", {}).get("SendingEnabled"):
        yield "sending is paused for the stack's configuration set: resume it in SES"


@check("SES tells which letters it has sent")
def told(deployed):
    name = deployed.output("ConfigurationSetName")
    found = deployed.client("sesv2").get_configuration_set_event_destinations(ConfigurationSetName=name)
    if not any(hears(one) for one in found.get("EventDestinations", [])):
        yield "no event destination hands SEND to EventBridge, so letters would be sent twice: deploy the stack again"


def hears(destination):
    bus = destination.get("EventBridgeDestination", {}).get("EventBusArn", "")
    return destination.get("Enabled") and "SEND" in destination["MatchingEventTypes"] and bus.endswith("/default")
