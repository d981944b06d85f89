"""A deployment says what it waits for, asks SAM for the right thing, and puts the site where CloudFront looks."""

import re
from types import SimpleNamespace

import account
import boto3
import deploy
import described
import pytest
import test_doctor
import test_stack
from doctor import answers
from moto import mock_aws

STACK = described.read()
OUTPUTS = {
    "SiteUrl": "https://meet.example.org",
    "SiteBucket": "site",
    "DistributionDomainName": "d1.cloudfront.example",
    "SignInUrl": "https://login.example.org",
}


class Written:
    """A bucket that remembers in which order it was written to."""

    def __init__(self, store):
        self.store, self.names = store, []

    def upload_file(self, path, bucket, name, ExtraArgs):
        self.names.append(name)
        self.store.upload_file(path, bucket, name, ExtraArgs=ExtraArgs)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder where everything is built and nobody is signed in."""
    test_doctor.at_home(monkeypatch, tmp_path)
    for folder in ("list-slots", "create-booking"):
        write(tmp_path / f"functions/{folder}/Cargo.toml")
        write(tmp_path / f"target/lambda/{folder}/bootstrap.zip")
    for name, body in account.FILES.items():
        write(tmp_path / "static-site/dist" / name, body)
    monkeypatch.setattr(deploy, "ROOT", tmp_path)
    monkeypatch.setattr(deploy, "SITE", tmp_path / "static-site/dist")
    return tmp_path


def write(path, body=b""):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)


@pytest.fixture
def bucket(here, monkeypatch):
    with mock_aws():
        for name, value in test_stack.ACCOUNT.items():
            monkeypatch.setenv(name, value)
        store = boto3.client("s3")
        store.create_bucket(Bucket="site", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        yield Written(store)


def refusal(capsys, *given):
    assert deploy.main(list(given)) == 1
    return capsys.readouterr().err


def test_without_packages_nothing_begins(here, capsys):
    (here / "target/lambda/list-slots/bootstrap.zip").unlink()
    assert refusal(capsys) == "There is no package of list-slots: run `make package` first.\n"


@pytest.mark.parametrize("missing", ["manage/index.html", "assets"])
def test_without_a_site_nothing_begins(here, capsys, missing):
    (here / "static-site/dist" / missing).rename(here / "away")
    assert refusal(capsys) == "The site is not built: run `make site` first.\n"


def test_the_site_alone_needs_no_packages(here, capsys):
    (here / "target/lambda/list-slots/bootstrap.zip").unlink()
    assert refusal(capsys, "--site-only", "--region", "eu-central-1").startswith("There are no credentials for AWS")


def test_without_a_region_nothing_begins(here, capsys):
    assert refusal(capsys).startswith("No region is set")


def test_credentials_that_aws_does_not_take(bucket, capsys, monkeypatch):
    class Refusing:
        def client(self, service, **_):
            stub = account.Stubber(boto3.client(service))
            stub.add_client_error("get_caller_identity", "ExpiredToken", "because")
            stub.activate()
            return stub.client

    monkeypatch.setattr(deploy, "signed_in", lambda region: Refusing())
    assert refusal(capsys).startswith("AWS does not accept your credentials")


@pytest.mark.parametrize("answered", [False, True])
def test_sam_is_asked_to_ask(here, answered):
    if answered:
        write(answers.FILE)
    command = deploy.sam_command(deploy.options(["meet", "--region", "eu-west-1"]), asks=True)
    assert command[1:] == [
        *("deploy", "--template-file", str(deploy.TEMPLATE)),
        *(("--config-file", str(answers.FILE)) if answered else ()),
        *("--stack-name", "meet", "--no-fail-on-empty-changeset", "--region", "eu-west-1", "--guided"),
    ]


@pytest.mark.parametrize("given, asks", [([], False), (["--", "--no-confirm-changeset"], True)])
def test_sam_does_not_ask_when_nobody_would_answer(here, given, asks):
    command = deploy.sam_command(deploy.options(given), asks)
    assert "--guided" not in command
    assert command[-2 - len(given[1:]) :] == ["--capabilities", "CAPABILITY_IAM", *given[1:]]


def test_the_sam_of_the_path_comes_first(here, monkeypatch):
    monkeypatch.setattr(deploy.shutil, "which", lambda _: "/opt/sam")
    assert deploy.sam_command(deploy.options([]), True)[0] == "/opt/sam"
    monkeypatch.setattr(deploy.shutil, "which", lambda _: None)
    assert deploy.sam_command(deploy.options([]), True)[0].endswith(".tools/template/bin/sam")


def sam_that(here, monkeypatch, does):
    program = here / "bin/sam"
    write(program, f"#!/usr/bin/env bash\n{does}\n".encode())
    program.chmod(0o755)
    monkeypatch.setattr(deploy.shutil, "which", lambda _: str(program))


def make_stack():
    outputs = {name: {"Value": value} for name, value in OUTPUTS.items()}
    resources = {"Topic": {"Type": "AWS::SNS::Topic"}}
    body = described.json.dumps({"Resources": resources, "Outputs": outputs})
    boto3.client("cloudformation").create_stack(StackName="meet", TemplateBody=body)


def test_a_deployment_from_end_to_end(here, bucket, monkeypatch, capsys):
    """But for SAM itself, in whose place stands a program that notes what it was asked for and keeps the answers."""
    make_stack()
    keeps = 'printf "[default.global.parameters]\\nstack_name = \\"meet\\"\\n" >samconfig.toml'
    sam_that(here, monkeypatch, f'echo "$@" >asked; {keeps}')
    assert deploy.main([]) == 0
    assert "--stack-name openslot" in (here / "asked").read_text()
    said = capsys.readouterr().out
    assert "The site is at https://meet.example.org" in said and "https://login.example.org" in said
    assert "Next: scripts/doctor.sh meet --region eu-central-1" in said
    assert bucket.store.get_object(Bucket="site", Key="book/index.html")["Body"].read() == account.PAGE


def test_the_site_waits_for_sam(here, bucket, monkeypatch, capsys):
    make_stack()
    sam_that(here, monkeypatch, "exit 3")
    assert refusal(capsys, "meet") == "SAM did not deploy the stack; what it says above is why.\n"
    assert "Contents" not in bucket.store.list_objects_v2(Bucket="site")


def test_a_sam_that_cannot_be_started(bucket, monkeypatch, capsys):
    monkeypatch.setattr(deploy.shutil, "which", lambda _: "/nowhere/sam")
    assert refusal(capsys) == "/nowhere/sam is the SAM CLI here and cannot be started: No such file or directory.\n"


def test_a_bucket_that_takes_nothing_is_said_so(here, bucket, capsys):
    make_stack()
    bucket.store.delete_bucket(Bucket="site")
    assert refusal(capsys, "meet", "--site-only").startswith("AWS did not take this:")


def test_assets_go_before_pages(here, bucket):
    write(here / "static-site/dist/z.txt")
    deploy.upload(bucket, "site", deploy.SITE)
    assert bucket.names == [
        *("assets/book-1a2b.js", "assets/manage-3c4d.js"),
        *("book/index.html", "manage/index.html", "z.txt"),
    ]


@pytest.mark.parametrize(
    "name, kind, kept",
    [
        ("book/index.html", "text/html; charset=utf-8", deploy.PAGES_KEPT),
        ("assets/book-1a2b.js", "text/javascript; charset=utf-8", deploy.ASSETS_KEPT),
    ],
)
def test_files_say_what_they_are(here, bucket, name, kind, kept):
    deploy.upload(bucket, "site", deploy.SITE)
    found = bucket.store.head_object(Bucket="site", Key=name)
    assert (found["ContentType"], found["CacheControl"]) == (kind, kept)


def test_a_file_of_no_known_kind_is_refused_before_anything_goes(here, bucket):
    write(here / "static-site/dist/z.exe")
    with pytest.raises(deploy.Unready, match="z.exe"):
        deploy.upload(bucket, "site", deploy.SITE)
    assert bucket.names == []


def test_cloudfront_keeps_the_site_as_long_as_its_files_say():
    """It takes the word of the file over its own default, up to its own longest."""
    for policy, said in (("PagesKept", deploy.PAGES_KEPT), ("AssetsKept", deploy.ASSETS_KEPT)):
        kept = STACK.properties(policy)["CachePolicyConfig"]
        assert kept["DefaultTTL"] == kept["MaxTTL"] == int(re.search(r"max-age=(\d+)", said)[1])


@pytest.mark.parametrize(
    "parameters, said, unsaid",
    [
        ({"AlarmTopicArn": "arn:topic"}, "up to date in a minute", "Alarms"),
        ({"DomainName": "meet.example.org"}, "Point meet.example.org at d1.cloudfront.example", "nothing"),
        ({}, "Alarms are told to nobody", "Point"),
    ],
)
def test_what_is_next(parameters, said, unsaid):
    session = SimpleNamespace(region_name="eu-central-1")
    stack = SimpleNamespace(name="meet", outputs=OUTPUTS, output=OUTPUTS.get, parameters=parameters, session=session)
    words = deploy.what_next(stack)
    assert said in words and unsaid not in words
