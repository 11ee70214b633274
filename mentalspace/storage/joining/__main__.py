"""`python -m mentalspace.storage.joining pdf`: two files on standard input, one on standard output."""

import sys
from io import BytesIO

from mentalspace.storage.confined import confine
from mentalspace.storage.joining import CPU_SECONDS, MOST_MEMORY, SIZE


def main() -> None:
    """Join two PDFs within the limits. Nothing is caught: the process ends, and who waits for it says so."""
    confine(memory=MOST_MEMORY, cpu_seconds=CPU_SECONDS)
    import pikepdf

    content = sys.stdin.buffer.read()
    ends = SIZE + int.from_bytes(content[:SIZE], "big")
    out = BytesIO()
    with pikepdf.open(BytesIO(content[SIZE:ends])) as first, pikepdf.open(BytesIO(content[ends:])) as second:
        first.pages.extend(second.pages)
        first.save(out, deterministic_id=True)
    sys.stdout.buffer.write(out.getvalue())


if __name__ == "__main__":
    main()
