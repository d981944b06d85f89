"""Deploys the stack with SAM, puts the site into its bucket, and says where it is."""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from boto3.exceptions import Boto3Error
from botocore.exceptions import ClientError
from doctor import answers
from doctor.checking import one_line
from doctor.deployed import AWS_ERRORS, PATIENCE, NotThere, opened, signed_in
from doctor.kept import PAGES

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = Path(__file__).with_name("template.yaml")
SITE = ROOT / "static-site/dist"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
# For CloudFront, which tells browsers its own mind: the name of an asset changes with what is in it, a page's does not.
ASSETS_KEPT = "public, max-age=31536000, immutable"
PAGES_KEPT = "public, max-age=60"


class Unready(Exception):
    """Something has to be done first, or went wrong on the way; what, the words say."""


def options(given):
    """Ours, and behind `--` those for SAM."""
    given, for_sam = (given[: given.index("--")], given[given.index("--") + 1 :]) if "--" in given else (given, [])
    parser = argparse.ArgumentParser(
        prog="scripts/deploy.sh", description=__doc__, epilog="What stands behind -- goes to `sam deploy` as it is."
    )
    parser.add_argument("stack", nargs="?", help=f"its name (default: {answers.stack()})")
    parser.add_argument("--region", help="where to, if not where it was last deployed or your AWS settings say")
    parser.add_argument("--site-only", action="store_true", help="only put the site into its bucket")
    ours = parser.parse_args(given)
    ours.for_sam = for_sam
    return ours


def main(given=None):
    given = options(sys.argv[1:] if given is None else given)
    try:
        deploy(given)
    except (Unready, NotThere) as error:
        return refused(str(error))
    except (*AWS_ERRORS, Boto3Error) as error:
        return refused(f"AWS did not take this: {one_line(error)}")
    return 0


def refused(words):
    print(words, file=sys.stderr)
    return 1


def deploy(given):
    unready = [*no_site()] if given.site_only else [*no_packages(), *no_site()]
    if unready:
        raise Unready("\n".join(unready))
    check_credentials(given.region or answers.region())
    if not given.site_only:
        run_sam(given)
    deployed = opened(given.stack or answers.stack(), given.region or answers.region())
    upload(deployed.client("s3"), deployed.output("SiteBucket"), SITE)
    print(f"\n{what_next(deployed)}")


def no_packages():
    folders = sorted(path.parent.name for path in ROOT.glob("functions/*/Cargo.toml"))
    missing = [one for one in folders if not (ROOT / f"target/lambda/{one}/bootstrap.zip").is_file()]
    if missing:
        yield f"There is no package of {', '.join(missing)}: run `make package` first."


def no_site():
    if not all((SITE / page).is_file() for page in PAGES) or not any((SITE / "assets").glob("*")):
        yield "The site is not built: run `make site` first."


def check_credentials(region):
    """Before SAM asks a dozen questions."""
    session = signed_in(region)
    try:
        session.client("sts", config=PATIENCE).get_caller_identity()
    except ClientError as error:
        raise Unready(f"AWS does not accept your credentials: {one_line(error)}") from error


def run_sam(given):
    """The packages are built, so there is nothing for `sam build` to do."""
    command = sam_command(given, sys.stdin.isatty())
    try:
        run = subprocess.run(command, cwd=ROOT)
    except OSError as error:
        raise Unready(f"{command[0]} is the SAM CLI here and cannot be started: {error.strerror}.") from error
    if run.returncode != 0:
        raise Unready("SAM did not deploy the stack; what it says above is why.")


def sam_command(given, asks):
    """SAM asks for every parameter, with the last answers at hand, unless they are given or nobody is there to ask."""
    sam = shutil.which("sam") or str(Path(sys.executable).with_name("sam"))
    command = [sam, "deploy", "--template-file", str(TEMPLATE)]
    # SAM finds and makes this file by itself, but not always from every folder; it refuses one that is not there yet.
    command += ["--config-file", str(answers.FILE)] if answers.FILE.exists() else []
    command += ["--stack-name", given.stack or answers.stack(), "--no-fail-on-empty-changeset"]
    if region := given.region or answers.region():
        command += ["--region", region]
    if asks and not given.for_sam:
        return [*command, "--guided"]
    return [*command, "--resolve-s3", "--capabilities", "CAPABILITY_IAM", *given.for_sam]


def upload(store, bucket, folder):
    """Assets go first, because a page asks for those of its own build; older ones stay, for pages that stand open."""
    files = sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: order(folder, path))
    kinds = {path: kind(path) for path in files}
    for path in files:
        name = path.relative_to(folder).as_posix()
        kept = ASSETS_KEPT if is_asset(folder, path) else PAGES_KEPT
        store.upload_file(str(path), bucket, name, ExtraArgs={"ContentType": kinds[path], "CacheControl": kept})
        print(f"uploaded {name}")


def order(folder, path):
    return not is_asset(folder, path), path


def is_asset(folder, path):
    return path.relative_to(folder).parts[0] == "assets"


def kind(path):
    if path.suffix not in KINDS:
        raise Unready(f"{path.name}: what kind of file that is, infra/sam/deploy.py does not say yet: add it.")
    return KINDS[path.suffix]


def what_next(deployed):
    lines = [f"The site is at {deployed.output('SiteUrl')}, up to date in a minute; a page is /book/<meeting type>."]
    if deployed.parameters.get("DomainName"):
        lines.append(f"Point {deployed.parameters['DomainName']} at {deployed.output('DistributionDomainName')}.")
    if "SignInUrl" in deployed.outputs:
        lines.append(f"Hosts sign in at {deployed.outputs['SignInUrl']}, once they are in the user pool.")
    if not deployed.parameters.get("AlarmTopicArn"):
        lines.append("Alarms are told to nobody: deploy with an AlarmTopicArn to hear of them.")
    where = f"{deployed.name} --region {deployed.session.region_name}"
    lines.append(f"Next: scripts/doctor.sh {where} says what is still missing.")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
