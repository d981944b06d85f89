#!/usr/bin/env python3
"""Holds the roots that the AWS clients trust to what Amazon Trust Services publishes.

Arguments: the file, and if it is not today that is asked about, a date. Each root must have one of the published
keys, every published key must be there once, none may end within five years, and where this machine has a bundle of
its own, the very same certificates must be in it: one that browsers and systems let go is not kept here.
"""

import hashlib
import ssl
import sys
from datetime import date, datetime, timezone
from pathlib import Path

# SHA-256 of the subject public key information, as the repository of Amazon Trust Services lists it for those who
# need a trust store of their own.
PUBLISHED = {
    "Amazon Root CA 1": "fbe3018031f9586bcbf41727e417b7d1c45c2f47f93be372a17b96b50757d5a2",
    "Amazon Root CA 2": "7f4296fc5b6a4e3b35d3c369623e364ab1af381d8fa7121533c9d6c633ea2461",
    "Amazon Root CA 3": "36abc32656acfc645c61b71613c4bf21c787f5cabbee48348d58597803d7abc9",
    "Amazon Root CA 4": "f7ecded5c66047d28ed6466b543c40e0743abe81d109254dcf845d4c2c7853c5",
    "Starfield Services Root Certificate Authority - G2":
        "2b071c59a0a0ae76b0eadb2bad23bad4580b69c3601b630c2eaf0613afa83f92",
}
YEARS_LEFT_MIN = 5
# Where systems keep all their roots in one file: Debian, Amazon Linux, macOS.
BUNDLES = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"]


def read(path):
    """The certificates of a file: their bytes, and what the ssl module reads in them."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(path)
    return list(zip(context.get_ca_certs(binary_form=True), context.get_ca_certs(), strict=True))


def common_name(certificate):
    names = [value for part in certificate["subject"] for name, value in part if name == "commonName"]
    return names[0] if names else "a root without a name"


def elements(der):
    """Every element of these bytes that announces its length as a certificate's larger parts do."""
    for start in range(len(der) - 4):
        if der[start] != 0x30:
            continue
        first = der[start + 1]
        width = first & 0x7F if first & 0x80 else 0
        length = int.from_bytes(der[start + 2:start + 2 + width], "big") if width else first
        yield der[start:start + 2 + width + length]


def has_key(der, digest):
    """Whether one of its elements is the public key of this digest: no other bytes have it."""
    return any(hashlib.sha256(element).hexdigest() == digest for element in elements(der))


def too_old(certificate, today):
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), timezone.utc).date()
    return ends < today.replace(year=today.year + YEARS_LEFT_MIN)


def wrong(path, today, bundle):
    """What is wrong with the file, a sentence each."""
    roots, found = read(path), []
    known = {der for der, _ in read(bundle)} if bundle else None
    for der, certificate in roots:
        name = common_name(certificate)
        if not has_key(der, PUBLISHED.get(name, "")):
            found.append(f"{name} has no key that is published under its name")
        if too_old(certificate, today):
            found.append(f"{name} ends within {YEARS_LEFT_MIN} years, {certificate['notAfter']}")
        if known is not None and der not in known:
            found.append(f"{name} is not among this system's roots")
    names = [common_name(certificate) for _, certificate in roots]
    return found + [f"{name} is missing" for name in PUBLISHED if name not in names]


def main():
    path = sys.argv[1]
    today = date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else datetime.now(timezone.utc).date()
    bundle = next((bundle for bundle in BUNDLES if Path(bundle).exists()), None)
    sentences = wrong(path, today, bundle)
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    if not sentences:
        beside = "and among this system's" if bundle else "with no system's to compare them to"
        print(f"{len(PUBLISHED)} roots, as published, {beside}.")
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main())
