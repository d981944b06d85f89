"""The function that says which page an address stands for, run as it stands in the template."""

import json
import subprocess

import described
import front
import pytest

STACK = described.read()
CODE = STACK.properties("SitePaths")["FunctionCode"]


def answer(uri, code=CODE):
    event = json.dumps({"request": {"method": "GET", "uri": uri, "querystring": {}, "headers": {}}})
    script = f"{code}\nconsole.log(JSON.stringify(handler({event})));"
    run = subprocess.run(["node", "-e", script], check=True, capture_output=True, text=True)
    return json.loads(run.stdout)


@pytest.mark.parametrize("uri", ["/book/demo", "/book/demo/", "/book/index.html", "/book/%2e%2e"])
def test_every_name_is_the_booking_page(uri):
    assert answer(uri)["uri"] == "/book/index.html"


@pytest.mark.parametrize("uri", ["/manage", "/manage/"])
def test_links_in_letters_lead_to_the_manage_page(uri):
    assert answer(uri)["uri"] == "/manage/index.html"


@pytest.mark.parametrize("uri", ["/", "/book", "/book/", "/book/a/b", "/manage/x", "/_local/inbox", "/index.html"])
def test_nothing_else_is_a_page(uri):
    given = answer(uri)
    assert given["statusCode"] == 404
    assert json.loads(given["body"]["data"])["type"] == "/problems/not-found"


def test_its_own_answer_says_to_a_browser_what_every_other_does():
    given = {name: one["value"] for name, one in answer("/")["headers"].items()}
    wanted = front.described()["asset"] | {"content-type": "application/problem+json", "cache-control": "no-store"}
    assert given == wanted


def test_a_defect_is_named():
    """Without the end of the pattern any path below a name would be the booking page."""
    bent = CODE.replace("[^\\/]+\\/?$/", "[^\\/]+\\/?/", 1)
    assert bent != CODE
    assert answer("/book/a/b", bent)["uri"] == "/book/index.html"
