"""The doctor finds nothing wrong with a stack that is well, and names each defect that it is there for."""

import json
import re

import account
import boto3
import described
import pytest
import sick
import test_stack
from doctor import __main__ as doctor
from doctor import answers, checking, front, kept, login, running
from moto import mock_aws

CHECKS = {one.look: one for one in doctor.CHECKS}
SOURCES = sorted((described.ROOT / "infra/sam/doctor").glob("*.py")) + [described.ROOT / "infra/sam/deploy.py"]
ASKED = re.compile(r"""\.(part|output|parameter|outputs|parameters)(?:\(|\[|\.get\()["']([A-Za-z]+)["']""")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """One account for all; a defect is mended before the next one."""
    build = tmp_path_factory.mktemp("dist")
    for name, body in account.FILES.items():
        (build / name).parent.mkdir(exist_ok=True)
        (build / name).write_bytes(body)
    with account.whole() as whole, pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "BUILD", build)
        yield whole


@pytest.fixture
def opened(world, monkeypatch):
    monkeypatch.setattr(doctor, "opened", lambda stack, region: world.deployed)
    yield world
    assert world.forgets() == []


def said_of(look, world):
    return checking.complaints(CHECKS[look], world.deployed)


def test_a_stack_that_is_well(opened, capsys):
    account.sends_well(opened)
    assert doctor.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(doctor.CHECKS)
    assert [line for line in lines if not line.startswith("ok   ")] == []


def test_one_defect_is_one_line_and_the_end(opened, monkeypatch, capsys):
    account.sends_well(opened)
    sick.by_status("UPDATE_ROLLBACK_COMPLETE")(opened, monkeypatch)
    assert doctor.main([]) == 1
    [line] = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("ok   ")]
    assert line.startswith(f"no   {CHECKS[kept.stack].what}: its last change failed")


@pytest.mark.parametrize("defect", sick.ALL, ids=lambda one: f"{one.look.__name__}: {one.called}")
def test_a_defect_is_named(defect, world, monkeypatch):
    try:
        with monkeypatch.context() as patch:
            defect.spoil(world, patch)
            holds, said = said_of(defect.look, world)
    finally:
        defect.mend(world)
    assert not holds
    assert any(defect.words in words for words in said), said
    account.sends_well(world, defect.look.__name__)
    assert said_of(defect.look, world)[0], "it is mended, and the check says otherwise"
    assert world.forgets() == []


@pytest.mark.parametrize("look", CHECKS, ids=lambda one: one.__name__)
def test_a_check_has_a_defect(look):
    assert any(defect.look is look for defect in sick.ALL)


def test_a_note_stands_beside_what_holds(world, monkeypatch):
    monkeypatch.setattr(kept, "BUILD", kept.BUILD / "nowhere")
    check = CHECKS[kept.site]
    assert checking.line(check, *said_of(kept.site, world)).endswith("(not compared: there is no build here)")


@pytest.mark.parametrize("look", [login.addresses, login.flow])
def test_an_issuer_of_ones_own_has_no_client_to_look_at(look, world, monkeypatch):
    monkeypatch.setitem(world.deployed.parameters, "Issuer", "https://login.example.org")
    assert said_of(look, world) == (True, ["an issuer of your own; not looked at"])


def test_what_aws_refuses_is_a_line(opened):
    opened.refuses("sqs", "get_queue_attributes", "AccessDenied")
    holds, [words] = said_of(running.queues, opened)
    assert not holds and words.startswith("AWS did not answer this") and "AccessDenied" in words


def test_what_the_stack_lacks_is_a_line(opened, monkeypatch):
    monkeypatch.delitem(opened.deployed.parts, "Table")
    assert said_of(kept.table, opened) == (False, ["the stack has no Table: deploy it again"])


def test_an_answer_of_another_shape_is_a_line(opened):
    opened.answers("dynamodb", "describe_table", {})
    holds, [words] = said_of(kept.table, opened)
    assert not holds and "KeyError('Table')" in words and "\n" not in words


def test_a_stack_that_is_not_there(monkeypatch, capsys):
    with monkeypatch.context() as patch, mock_aws():
        for name, value in test_stack.ACCOUNT.items():
            patch.setenv(name, value)
        assert doctor.main(["nowhere"]) == 2
    assert capsys.readouterr().err == "There is no stack nowhere in eu-central-1: give its name, and --region.\n"


def test_nobody_is_signed_in(monkeypatch, capsys, tmp_path):
    at_home(monkeypatch, tmp_path)
    assert doctor.main(["openslot", "--region", "eu-central-1"]) == 2
    assert capsys.readouterr().err.startswith("There are no credentials for AWS")


def test_no_region_is_set(monkeypatch, capsys, tmp_path):
    at_home(monkeypatch, tmp_path)
    assert doctor.main(["openslot"]) == 2
    assert capsys.readouterr().err.startswith("No region is set")


def at_home(monkeypatch, folder):
    """Where nobody ever signed in to AWS."""
    for name in (*test_stack.ACCOUNT, "AWS_PROFILE", "AWS_REGION", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(folder / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(folder / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setattr(answers, "FILE", folder / "samconfig.toml")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)


def test_credentials_that_aws_does_not_take(opened, monkeypatch, capsys):
    def refusing(stack, region):
        opened.refuses("cloudformation", "describe_stacks", "ExpiredToken")
        monkeypatch.delattr(opened.deployed, "described", raising=False)
        return opened.deployed.described

    monkeypatch.setitem(opened.deployed.__dict__, "described", opened.deployed.described)
    monkeypatch.setattr(doctor, "opened", refusing)
    assert doctor.main([]) == 2
    assert "AWS does not show the stack openslot" in capsys.readouterr().err


def unknown(texts, stack):
    """What is asked of a deployed stack and is not in the template."""
    made = stack.translated.template
    rooms = {"part": "Resources", "output": "Outputs", "outputs": "Outputs"}
    for kind, name in (found for text in texts for found in ASKED.findall(text)):
        if name not in made[rooms.get(kind, "Parameters")]:
            yield name
    for name in (*running.QUEUES, *running.STARTED_BY_RULES, *running.STARTED_BY_RULES.values()):
        if name not in made["Resources"]:
            yield name


def test_what_is_asked_for_is_in_the_template():
    assert list(unknown([path.read_text() for path in SOURCES], account.STACK)) == []


@pytest.mark.parametrize(
    "text", ['deployed.part("Tables")', 'deployed.output("SiteUri")', 'deployed.parameters.get("Domain")']
)
def test_what_is_not_in_the_template_is_named(text):
    assert len(list(unknown([text], account.STACK))) == 1


def test_what_the_site_is_known_by_is_so():
    document = json.loads(described.source("shared/wire/openapi.json"))
    assert front.DOCUMENT in document["paths"] and "/v1/bookings" in document["paths"]
    site = described.ROOT / "static-site"
    assert {str(page.relative_to(site)) for page in site.glob("*/index.html")} == set(kept.PAGES)


def test_the_purposes_of_the_key_are_the_templates():
    statements = account.STACK.properties("KeyringKey")["KeyPolicy"]["Statement"]
    [given] = [found for one in statements if (found := kept.context(one).get("purpose"))]
    assert given == kept.PURPOSES


def test_every_variable_of_a_function_has_a_meaning(world):
    functions = account.STACK.of(described.FUNCTION).values()
    given = set().union(*(one["Environment"]["Variables"] for one in functions))
    assert given == running.meant(world.deployed).keys()


def test_the_last_answers_to_sam_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(answers, "FILE", tmp_path / "samconfig.toml")
    assert (answers.stack(), answers.region()) == ("openslot", None)
    answers.FILE.write_text(
        '[default.global.parameters]\nregion = "eu-west-1"\n[default.deploy.parameters]\nstack_name = "meet"\n'
    )
    assert (answers.stack(), answers.region()) == ("meet", "eu-west-1")
    assert doctor.options([]).stack == "meet"
