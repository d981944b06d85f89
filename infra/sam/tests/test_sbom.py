"""The check of `make sbom` finds what does not fit: it is tried on small lists, each with one thing wrong."""

import importlib.util

import described
import pytest

SPEC = importlib.util.spec_from_file_location("sbom", described.ROOT / "scripts/sbom.py")
sbom = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(sbom)

LOCKED = {("serde", "1.0.228"): "aa", ("time", "0.3.44"): "bb", ("openslot-wire", "0.1.0"): None}
LINKED = {("serde", "1.0.228"), ("openslot-wire", "0.1.0")}


def listing(*components):
    hashed = [{"hashes": [{"alg": "SHA-256", "content": digest}]} if digest else {} for _, _, digest in components]
    named = [{"name": name, "version": version} for name, version, _ in components]
    return {"components": [name | digest for name, digest in zip(named, hashed)]}


SERDE, WIRE = ("serde", "1.0.228", "aa"), ("openslot-wire", "0.1.0", None)


def test_a_list_that_fits_is_taken():
    assert list(sbom.complaints(listing(SERDE, WIRE), LINKED, LOCKED)) == []
    # Linked into another function only: more than there is may be listed, as long as it is locked.
    assert list(sbom.complaints(listing(SERDE, WIRE, ("time", "0.3.44", "bb")), LINKED, LOCKED)) == []


@pytest.mark.parametrize(
    "document, named",
    [
        (listing(WIRE), "serde 1.0.228 is linked and not listed"),
        (listing(SERDE), "openslot-wire 0.1.0 is linked and not listed"),
        (listing(("serde", "1.0.1", "aa"), WIRE), "serde 1.0.1 is listed and not locked"),
        (listing(("serde", "1.0.228", "ab"), WIRE), "serde 1.0.228 is listed with another digest"),
        (listing(("serde", "1.0.228", None), WIRE), "serde 1.0.228 is listed with another digest"),
        ({}, "serde 1.0.228 is linked and not listed"),
    ],
)
def test_a_list_that_does_not_fit_is_named(document, named):
    assert any(named in one for one in sbom.complaints(document, LINKED, LOCKED))


def test_the_lock_files_are_read():
    crates, packages = sbom.locked_crates(), sbom.locked_packages()
    assert len([digest for digest in crates.values() if digest]) > 200
    assert all(len(digest) == 64 for digest in crates.values() if digest)
    assert {"preact", "cally"} <= {name for name, _ in packages}
    assert all(len(digest) == 128 for digest in packages.values())


def test_a_package_is_found_where_node_finds_it():
    packages = {"node_modules/a": {}, "node_modules/b/node_modules/a": {}, "static-site": {}}
    assert sbom.nearest(packages, "static-site", "a") == "node_modules/a"
    assert sbom.nearest(packages, "node_modules/b", "a") == "node_modules/b/node_modules/a"
    with pytest.raises(KeyError):
        sbom.nearest(packages, "static-site", "c")
