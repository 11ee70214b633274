"""`python -m mentalspace.launch.tether PARENT -- COMMAND…`: become COMMAND, which ends when PARENT dies.

A supervisor killed with -9 cannot stop its children; on Linux the kernel does it instead. The request
survives `exec`, so any program can be held this way.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Replace this process by the command, tied to the life of its parent."""
    parent, command = int(arguments[0]), arguments[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before the kernel knew
        sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
