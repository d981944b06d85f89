"""How a check is made and told: what has to be so, and whoever finds that it is not."""

from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from doctor.deployed import AWS_ERRORS, Lacking
from doctor.web import Unreachable

# What is deployed stands here too, as it should be.
ROOT = Path(__file__).resolve().parents[3]


class Note(str):
    """Told of a check that holds; every other line that a check yields is a complaint."""


@dataclass
class Check:
    what: str
    look: Callable


def checks():
    """A list of checks, and the decorator that adds to it."""
    listed = []

    def check(what):
        def add(look):
            listed.append(Check(what, look))
            return look

        return add

    return listed, check


def complaints(check, deployed):
    """Whether the check holds, and what is said of it. Whatever goes wrong on the way is what is said."""
    try:
        said = list(check.look(deployed))
    except (Lacking, Unreachable) as error:
        return False, [str(error)]
    except AWS_ERRORS as error:
        return False, [f"AWS did not answer this: {one_line(error)}"]
    except Exception as error:
        return False, [f"cannot be told, because an answer was not as expected ({one_line(repr(error))})"]
    wrong = [words for words in said if not isinstance(words, Note)]
    return not wrong, wrong or said


def line(check, holds, said):
    if holds:
        return f"ok   {check.what}" + (f" ({', '.join(said)})" if said else "")
    return f"no   {check.what}: {'; '.join(said)}"


def one_line(words):
    return " ".join(str(words).split())
