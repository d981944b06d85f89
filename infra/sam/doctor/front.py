"""What guests reach, and what nobody should."""

import json

from doctor import web
from doctor.checking import ROOT, checks

CHECKS, check = checks()
DOCUMENT = "/v1/openapi.json"


@check("the site shows the booking page")
def page(deployed):
    found = web.get(f"{deployed.output('SiteUrl')}/book/doctor")
    if found.status != 200:
        yield f"{found.url} answers {found.status}: upload the site, or point the DomainName at CloudFront"
    elif found.kind != "text/html" or b"/assets/book-" not in found.body:
        yield f"{found.url} is no booking page: does the DomainName point at this stack?"


@check("the site tells browsers what a page may do")
def headers(deployed):
    found = web.get(f"{deployed.output('SiteUrl')}/book/doctor")
    wanted = json.loads((ROOT / "static-site/headers.json").read_text())
    for name, value in (wanted["always"] | wanted["page"] | wanted["https"]).items():
        if found.headers.get(name) != value:
            yield f"{name} is not as in static-site/headers.json: deploy the stack again"


@check("the site reaches the API")
def api(deployed):
    found = web.get(deployed.output("SiteUrl") + DOCUMENT)
    if found.status == 403:
        yield f"{found.url} answers 403: CloudFront and the functions differ in their secret; wait, or deploy again"
    elif found.status != 200:
        yield f"{found.url} answers {found.status}: look at the log of list-slots"
    elif "/v1/bookings" not in found.json().get("paths", {}):
        yield f"{found.url} is not the API's description: does the DomainName point at this stack?"


@check("the API refuses what comes past CloudFront")
def past(deployed):
    found = web.get(deployed.api_url + DOCUMENT)
    if found.status != 403:
        yield f"{found.url} answers {found.status}, not 403: look at ORIGIN_SECRET of list-slots, and deploy again"
