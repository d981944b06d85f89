"""The running program as its users know it: who signs in, what can be booked, which links lead to a booking."""

import datetime
import functools
import itertools
import os
import time

import requests

BASE = os.environ["OPENSLOT_URL"]
# Every one of these is offered to guests in the demo team; the zones have different offsets, one not of whole hours.
ZONES = ["UTC", "Europe/London", "America/New_York", "Asia/Kathmandu"]
# Each host takes so many bookings a day, so the types that are booked below are those of different hosts. Nora takes
# short meetings, Emil asks questions, and Yuki's are made beforehand: half of them are hers to confirm.
PLAIN, WITH_QUESTIONS = "intro", "workshop"
BEFOREHAND, BY_APPROVAL, WHO_APPROVES = "demo", "mentoring", "yuki"
# Of each kind that is made beforehand.
BOOKINGS_MAX = 30

# From where no earlier run against the same program has been.
_numbers = itertools.count(time.time_ns() // 1_000_000)


def address():
    """A client that has asked nothing yet: one address may ask ten times a minute."""
    count = number()
    return f"10.{count >> 16 & 255}.{count >> 8 & 255}.{count & 255}"


def number():
    """A number that was not given out before."""
    return next(_numbers)


def token():
    """An access token of the host who decides on requests."""
    reply = requests.post(f"{BASE}/_local/token", json={"host": WHO_APPROVES}, timeout=10)
    reply.raise_for_status()
    return reply.json()["access_token"]


def dates(first, last):
    """Both ends of a stretch of days, counted from today."""
    today = datetime.datetime.now(datetime.timezone.utc).date()
    return [(today + datetime.timedelta(days=days)).isoformat() for days in (first, last)]


def starts(meeting_type, first, last, **further):
    """The free starts of some days, in order."""
    begin, end = dates(first, last)
    query = {"from": begin, "to": end, "time_zone": "UTC", **further}
    reply = requests.get(f"{BASE}/v1/meeting-types/{meeting_type}/slots", params=query, timeout=10)
    reply.raise_for_status()
    return [start for day in reply.json()["days"] for start in day["slots"]]


@functools.cache
def free():
    """The free starts of the last days, which no request that is made up asks for. Whoever takes one takes it off."""
    return starts(BEFOREHAND, 40, 58, host=WHO_APPROVES)


class Bookings:
    """Bookings with one host, made as they are needed; when enough were made, the old ones come round again."""

    def __init__(self, meeting_type):
        self.meeting_type = meeting_type
        self.free = free()
        self.made = []
        self.rounds = itertools.count()

    def fresh(self):
        """One that nobody has changed, while there are any to be made."""
        if len(self.made) == BOOKINGS_MAX:
            return self.any()
        self.made.append(self._book(self.free.pop()))
        return self.made[-1]

    def any(self):
        """One of those that were made."""
        if not self.made:
            return self.fresh()
        return self.made[next(self.rounds) % len(self.made)]

    def _book(self, start):
        name = number()
        attendee = {"name": f"Guest {name}", "email": f"guest{name}@example.org"}
        body = {"meeting_type": self.meeting_type, "start": start, "time_zone": "UTC", "attendee": attendee}
        body["host"] = WHO_APPROVES
        headers = {"Idempotency-Key": f"booked-beforehand-{name}", "X-Forwarded-For": address()}
        reply = requests.post(f"{BASE}/v1/bookings", json=body, headers=headers, timeout=10)
        if reply.status_code != 201:
            raise RuntimeError(f"a free slot could not be booked: {reply.status_code} {reply.text}")
        return Link.of(reply.json())


# Every link that was handed out, by its booking.
LINKS = {}


class Link:
    """What opens a booking: its id, the secret of its manage link and that of its calendar file."""

    def __init__(self, booking, secret, file_secret):
        self.id, self.secret, self.file_secret = booking, secret, file_secret

    @staticmethod
    def of(created):
        booking, secret = created["manage_url"].split("#", 1)[1].split(".", 1)
        LINKS[booking] = Link(booking, secret, created["calendar"]["ics_url"].split("k=", 1)[1])
        return LINKS[booking]

    def authorization(self):
        return f"Manage {self.id}.{self.secret}"
