"""How much a reader of files may use, and say."""

MOST_BYTES = 300_000
"""Bytes of text that are kept, about a hundred pages: PostgreSQL takes no search vector over 1 MB, and one is at most
about three times its text."""

MOST_MEMORY = 768 * 1024 * 1024
"""Bytes of address space: a scan of 20 MB is unpacked page by page well below it."""

SECONDS = 30.0
CPU_SECONDS = 20

UNREADABLE = 3
"""How the process ends when the reader says itself that it cannot read the file: whatever else ends it may pass."""
