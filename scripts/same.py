#!/usr/bin/env python3
"""Tells whether two folders hold the same zips, a line for each with its SHA-256. Arguments: the two folders."""

import hashlib
import sys
from pathlib import Path


def digests(folder):
    zips = sorted(Path(folder).glob("*/bootstrap.zip"))
    return {path.parent.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in zips}


def main():
    here, there = digests(sys.argv[1]), digests(sys.argv[2])
    wrong = [] if here and there else ["there is nothing to compare"]
    for name in sorted(here.keys() | there.keys()):
        one, other = here.get(name, "nothing"), there.get(name, "nothing")
        if one == other:
            print(f"{name:20} {one}")
        else:
            wrong.append(f"{name} differs: {one} and {other}")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
