"""`python -m mentalspace.storage.inspection TYPE`: the file on standard input, what becomes of it on standard output.

Nothing is caught here that is no refusal: the process ends, and `apart` says so.
"""

import sys

from mentalspace.storage.confined import confine
from mentalspace.storage.errors import FileRefused
from mentalspace.storage.inspection import content_to_keep, process


def main(content_type: str) -> None:
    """Look at one file within the limits. One that is kept byte for byte is not sent back."""
    confine(memory=process.MOST_MEMORY, cpu_seconds=process.CPU_SECONDS)
    out = sys.stdout.buffer
    out.write(process.READY)
    out.flush()
    content = sys.stdin.buffer.read()
    try:
        kept = content_to_keep(content, content_type)
    except FileRefused as refused:
        out.write(process.REFUSED + refused.message.encode())
    else:
        out.write(process.KEPT if kept == content else process.CHANGED + kept)


if __name__ == "__main__":
    main(sys.argv[1])
