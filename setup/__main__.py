# Runs on any Python, old ones included, so that an old one gets a sentence instead of a syntax error.
"""`python3 setup TARGET`: what `make` calls. Standard library only: there is no virtual environment yet."""

import os
import sys

OLDEST = (3, 11)
NEWER = ("python3.11", "python3.12", "python3.13", "python3.14")


def newer_python():
    """Another Python on the PATH that is new enough, if this one is not."""
    for name in NEWER:
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            path = folder + os.sep + name
            if os.access(path, os.X_OK):
                return path
    return None


if sys.version_info < OLDEST:
    found = newer_python()
    if found and "MS_SETUP_RETRIED" not in os.environ:
        os.environ["MS_SETUP_RETRIED"] = "1"
        os.execv(found, [found] + sys.argv)  # noqa: S606, RUF005 - old Pythons read this
    sys.exit("MentalSpace needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

if os.name != "posix":
    sys.exit("MentalSpace runs on Linux and macOS; on Windows, use it inside WSL.")

from tasks import main  # noqa: E402

main(sys.argv[1:])
