#!/usr/bin/env python3
"""Lists what is in what is deployed: a CycloneDX document beside each function's zip, and one of the site.

cargo-cyclonedx and npm write the lists; this puts them in their places, takes out what differs from one machine or run to
the next, and holds each against the lock files, which it reads by itself: nothing that is linked may be missing, nothing
may be listed that is not locked, and each has the version and the digest that are locked. Fails with a line for each
that does not fit.
"""

import base64
import json
import os
import pathlib
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = "aarch64-unknown-linux-gnu"
OWN = "openslot"
# What npm says of a package that is published nowhere.
PRIVATE = {"name": "cdx:npm:package:private", "value": "true"}


def run(*command, **more):
    environment = os.environ | {"SOURCE_DATE_EPOCH": committed()} | more
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stdout


def committed():
    """The commit's time, so that the same commit gives the same bytes; the epoch where there is no git."""
    found = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True)
    return found.stdout.strip() or "0"


def functions():
    return sorted(path.parent.name for path in ROOT.glob("functions/*/Cargo.toml"))


def written(cargo_cyclonedx):
    """What cargo-cyclonedx says of every function; it writes beside each manifest, and nothing of that stays."""
    options = ["--format", "json", "--describe", "binaries", "--spec-version", "1.5", "--target", TARGET]
    run(cargo_cyclonedx, "cyclonedx", "--quiet", "--no-build-deps", *options, CARGO_NET_OFFLINE="true")
    found = {}
    for path in ROOT.glob("*/*/*_bin.cdx.json"):
        if path.parent.parent.name == "functions":
            found[path.parent.name] = path.read_text().replace(f"file://{ROOT}/", "file:///openslot/")
        path.unlink()
    return {name: json.loads(text) for name, text in found.items()}


def linked(function):
    """Name and version of every crate that a function is built of, as cargo's own tree has them."""
    tree = ["cargo", "tree", "--locked", "--offline", "--package", f"{OWN}-{function}", "--target", TARGET]
    lines = run(*tree, "--edges", "normal", "--prefix", "none", "--format", "{p}").splitlines()
    return {(line.split()[0], line.split()[1].removeprefix("v")) for line in lines if line.strip()} - {
        (f"{OWN}-{function}", own_version())
    }


def own_version():
    return tomllib.loads((ROOT / "Cargo.toml").read_text())["workspace"]["package"]["version"]


def locked_crates():
    """Every crate of Cargo.lock with its digest; None for our own."""
    packages = tomllib.loads((ROOT / "Cargo.lock").read_text())["package"]
    return {(one["name"], one["version"]): one.get("checksum") for one in packages}


def locked_packages():
    """What the site is built of by package-lock.json: from its dependencies on, through theirs, with digests in hex."""
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    found, open_ = {}, [("static-site", name) for name in packages["static-site"].get("dependencies", {})]
    while open_:
        asker, name = open_.pop()
        place = nearest(packages, asker, name)
        one = packages[place]
        if (name, one["version"]) not in found:
            found[name, one["version"]] = base64.b64decode(one["integrity"].partition("-")[2]).hex()
            open_ += [(place, inner) for inner in one.get("dependencies", {})]
    return found


def nearest(packages, asker, name):
    """Where node finds a package: in the folder of who asks, or in one above."""
    while True:
        place = f"{asker}/node_modules/{name}".removeprefix("/")
        if place in packages:
            return place
        if not asker:
            raise KeyError(f"package-lock.json has no {name}")
        asker = asker.rpartition("/node_modules/")[0] if "/node_modules/" in asker else ""


def listed(document):
    """What a document lists: names and versions, with their digests."""
    components = document.get("components", [])
    return {(one["name"], one["version"]): one.get("hashes", [{}])[0].get("content") for one in components}


def complaints(document, wanted, locked):
    """What is missing of `wanted`, what is listed and not locked, and what has another digest."""
    found = listed(document)
    yield from (f"{name} {version} is linked and not listed" for name, version in sorted(wanted - found.keys()))
    for name, version in sorted(found):
        if (name, version) not in locked:
            yield f"{name} {version} is listed and not locked"
        elif found[name, version] != locked[name, version]:
            yield f"{name} {version} is listed with another digest than is locked"


def of_the_site():
    options = ["--sbom-format", "cyclonedx", "--omit", "dev", "--package-lock-only", "--workspace", "static-site"]
    document = json.loads(run("npm", "sbom", *options))
    # A number of this run, its time, and the name of the folder.
    document.pop("serialNumber", None)
    document["metadata"].pop("timestamp", None)
    document["metadata"]["component"]["name"] = OWN
    # The site itself is no part of itself.
    document["components"] = [one for one in document["components"] if PRIVATE not in one["properties"]]
    return document


def main(cargo_cyclonedx):
    out = ROOT / "target/lambda"
    crates, packages = locked_crates(), locked_packages()
    found, documents = [], written(cargo_cyclonedx)
    found += [f"{name} has no list" for name in functions() if name not in documents]
    for name, document in sorted(documents.items()):
        found += [f"{name}: {one}" for one in complaints(document, linked(name), crates)]
        keep(out / name / "sbom.cdx.json", document)
    site = of_the_site()
    found += [f"site: {one}" for one in complaints(site, packages.keys(), packages)]
    keep(out / "site.cdx.json", site)
    print("\n".join(found))
    return 1 if found else 0


def keep(path, document):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1) + "\n")
    print(f"{path.relative_to(ROOT)}: {len(document['components'])} components")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
