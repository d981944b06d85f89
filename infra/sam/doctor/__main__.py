"""Looks at a deployed stack and says of each thing whether it is as it should be."""

import argparse
import sys

from doctor import answers, front, kept, letters, login, running, watched
from doctor.checking import complaints, line, one_line
from doctor.deployed import AWS_ERRORS, NotThere, opened

CHECKS = [check for part in (kept, running, letters, login, front, watched) for check in part.CHECKS]


def options(given):
    parser = argparse.ArgumentParser(prog="scripts/doctor.sh", description=__doc__)
    parser.add_argument("stack", nargs="?", default=answers.stack(), help="its name (default: %(default)s)")
    parser.add_argument("--region", default=answers.region(), help="where it is, if not where it was last deployed")
    return parser.parse_args(given)


def examine(deployed):
    """Says a line for each check as soon as it is made, and whether all hold."""
    well = True
    for check in CHECKS:
        holds, said = complaints(check, deployed)
        print(line(check, holds, said), flush=True)
        well = well and holds
    return well


def main(given=None):
    given = options(given)
    try:
        deployed = opened(given.stack, given.region)
    except NotThere as error:
        return refused(str(error))
    except AWS_ERRORS as error:
        return refused(f"AWS does not show the stack {given.stack}: {one_line(error)}")
    return 0 if examine(deployed) else 1


def refused(words):
    print(words, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
