"""Sees to the programs that no Python package brings: `python3 -m tools.system_packages tests|python`.

On Debian, as root, `tests` installs what is missing; elsewhere it names the packages and stops. No test is skipped for
want of a program.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import postgres


def missing_for_tests() -> list[str]:
    """Debian's names of the packages that the tests need and this machine lacks."""
    packages = []
    if not shutil.which("chromium"):
        # Without a font there is no text whose contrast could be measured.
        packages += ["chromium", "fonts-dejavu-core"]
    try:
        postgres.bin_dir()
    except postgres.PostgresMissing:
        packages.append("postgresql")
    return packages


def may_install() -> bool:
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None and os.geteuid() == 0


def install(packages: list[str]) -> None:
    print(f"Installing what the tests need with apt-get: {' '.join(packages)}", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(command, check=True, env=quiet, stdout=subprocess.DEVNULL)


def see_to_tests() -> None:
    if not (packages := missing_for_tests()):
        return
    names = " ".join(packages)
    if not may_install():
        sys.exit(f"The tests need programs that are not installed. Debian's packages are: {names}")
    try:
        install(packages)
    except subprocess.CalledProcessError as error:
        sys.exit(f"{' '.join(error.cmd)} failed. The tests need Debian's packages {names}")
    if still := missing_for_tests():
        sys.exit(f"apt-get installed {names}, and yet these are missing: {' '.join(still)}")


def see_to_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 (this runs before anything has seen to the version)
        sys.exit(f"{sys.executable} is Python {sys.version.split()[0]}: 3.11 or newer is needed")
    if not importlib.util.find_spec("venv") or not importlib.util.find_spec("ensurepip"):
        sys.exit("Python cannot make a virtual environment here. Debian's package is: python3-venv")


if __name__ == "__main__":
    {"tests": see_to_tests, "python": see_to_python}[sys.argv[1]]()
