"""Zips the built functions, the same way every time, and checks what was built.

Arguments: the folder for the zips, whose `built` holds the binaries, and the folder that cargo built them in.
"""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

# What a zip may have: below this, fetching and unpacking it is a small part of a cold start.
ZIP_BYTES_MAX = 5_000_000
# Amazon Linux 2023, on which provided.al2023 stands.
GLIBC_MAX = (2, 34)


def zipped(binary: Path, into: Path) -> int:
    """Writes a zip that depends on the binary's bytes alone; its size."""
    entry = zipfile.ZipInfo("bootstrap", date_time=(1980, 1, 1, 0, 0, 0))
    entry.create_system = 3
    entry.external_attr = 0o100755 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    into.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr(entry, binary.read_bytes(), compresslevel=9)
    return into.stat().st_size


def too_new(binary: bytes) -> list[str]:
    """The versions of glibc that a binary asks for and Lambda does not have."""
    asked = {tuple(map(int, version)) for version in re.findall(rb"GLIBC_(\d+)\.(\d+)", binary)}
    return [f"GLIBC_{major}.{minor}" for major, minor in sorted(asked) if (major, minor) > GLIBC_MAX]


def machine_paths(binary: bytes, root: Path) -> list[str]:
    """Paths of this machine in a binary: they would differ on another."""
    homes = [str(root), str(Path.home() / ".cargo")]
    return [home for home in homes if home.encode() in binary]


def jitter(built: Path) -> list[str]:
    """The libraries of aws-lc that gather entropy from the CPU's jitter."""
    found = []
    libraries = sorted(built.glob("build/aws-lc-sys-*/out/**/*.a"))
    for library in libraries:
        names = subprocess.run(["ar", "t", library], check=True, capture_output=True, text=True).stdout
        if "jitter" in names:
            found.append(str(library))
    return found if libraries else [f"no library of aws-lc under {built}"]


def main() -> int:
    folder, built = Path(sys.argv[1]), Path(sys.argv[2])
    wrong = [f"gathers jitter entropy: {library}" for library in jitter(built)]
    for binary in sorted(folder.glob("built/openslot-*/bootstrap")):
        name = binary.parent.name.removeprefix("openslot-")
        size = zipped(binary, folder / name / "bootstrap.zip")
        code = binary.read_bytes()
        print(f"{name:20} {size:>9,} bytes zipped, {len(code):>10,} unzipped")
        if size > ZIP_BYTES_MAX:
            wrong.append(f"{name} is larger than {ZIP_BYTES_MAX:,} bytes")
        wrong += [f"{name} asks for {version}" for version in too_new(code)]
        wrong += [f"{name} holds the path {path}" for path in machine_paths(code, Path.cwd())]
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
