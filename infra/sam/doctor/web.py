"""Asks an address once, and waits for ten seconds at most for each part of the answer. Follows nothing elsewhere."""

import http.client
import json
import urllib.error
import urllib.request
from dataclasses import dataclass

SECONDS = 10
BYTES_MAX = 1_000_000


class Unreachable(Exception):
    """Nobody answered, or with nothing that can be read."""


@dataclass
class Answer:
    url: str
    status: int
    kind: str
    headers: dict
    body: bytes

    def json(self):
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise Unreachable(f"{self.url} answers {self.status} and no JSON") from error


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def opener():
    """Says who asks: a firewall may turn a nameless program away."""
    opener = urllib.request.build_opener(Stay)
    opener.addheaders = [("User-Agent", "openslot-doctor")]
    return opener


def get(url):
    try:
        return answer(url, opener().open(url, timeout=SECONDS))
    except urllib.error.HTTPError as error:
        return answer(url, error)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Unreachable(f"{url} cannot be reached ({getattr(error, 'reason', None) or error!r})") from error


def answer(url, given):
    with given:
        try:
            body = given.read(BYTES_MAX)
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(f"{url} broke off its answer ({error!r})") from error
        headers = {name.lower(): value for name, value in given.headers.items()}
        return Answer(url, given.status, given.headers.get_content_type(), headers, body)
