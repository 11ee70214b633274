"""`python -m mentalspace.storage.extraction TYPE`: the file on standard input, its text on standard output.

Anything that goes wrong ends the process, with UNREADABLE when it is the file's fault: there is nothing here to put
right.
"""

import sys
from collections.abc import Callable, Iterator

from mentalspace.storage.confined import confine
from mentalspace.storage.extraction import limits, office, pdf
from mentalspace.storage.inspection.naming import CSV, DOCX, PDF, TXT, XLSX

READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    PDF: pdf.pieces,
    DOCX: office.pieces_of_word,
    XLSX: office.pieces_of_excel,
    TXT: lambda content: iter([content.decode("utf-8", "replace")]),
    CSV: lambda content: iter([content.decode("utf-8", "replace")]),
}


def main(content_type: str) -> None:
    """Write pieces of text until there is enough of it."""
    confine(memory=limits.MOST_MEMORY, cpu_seconds=limits.CPU_SECONDS)
    left = limits.MOST_BYTES
    for piece in READERS[content_type](sys.stdin.buffer.read()):
        said = (piece + "\n").encode("utf-8", "ignore")[:left]
        sys.stdout.buffer.write(said)
        left -= len(said)
        if left <= 0:
            return


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except (ImportError, OSError):  # the installation, or the pipe
        raise
    except Exception:
        sys.exit(limits.UNREADABLE)
