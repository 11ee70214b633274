"""Encrypted files: what comes back is what went in, and nothing else ever does."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentalspace.storage import envelope
from mentalspace.storage.envelope import HEADER, PIECE, TAG, Damaged, Ring

RING = Ring("2", {"1": bytes(32), "2": bytes(range(32))})
PLACE = "client-documents/p/a"
SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7]


def opened(sealed, start=0, end=None, place=PLACE, ring=RING):
    return envelope.unseal(BytesIO(sealed), len(sealed), place, ring, start, end)


@pytest.mark.parametrize("size", SIZES)
def test_it_comes_back_whole(size):
    content = bytes(number % 251 for number in range(size))
    sealed = envelope.seal(content, PLACE, RING)
    assert opened(sealed) == content
    assert len(sealed) == HEADER + size + TAG * max(1, -(-size // PIECE))
    assert envelope.key_name(sealed) == "2"


CONTENT = bytes(number % 251 for number in range(3 * PIECE + 7))
SEALED = envelope.seal(CONTENT, PLACE, RING)


@settings(max_examples=60, derandomize=True, database=None, deadline=None)
@given(st.integers(0, len(CONTENT) + 9), st.none() | st.integers(0, len(CONTENT) + 9))
def test_any_part_comes_back(start, end):
    assert opened(SEALED, start, end) == CONTENT[start:end]


def test_a_wrapping_key_that_is_not_current_still_opens():
    assert opened(envelope.seal(b"old", PLACE, Ring("1", RING.keys))) == b"old"


@pytest.mark.parametrize("at", [0, 5, 25, 40, HEADER, HEADER + PIECE + TAG, len(SEALED) - 1])
def test_a_changed_byte_is_noticed(at):
    changed = bytearray(SEALED)
    changed[at] ^= 1
    with pytest.raises(Damaged):
        opened(bytes(changed))


def test_neither_cut_nor_rearranged_nor_in_anothers_place():
    piece = PIECE + TAG
    body = SEALED[HEADER:]
    for wrong in (
        SEALED[: HEADER + 3 * piece],
        SEALED[:-1],
        SEALED[:HEADER],
        SEALED[:10],
        b"",
        SEALED[:HEADER] + body[piece : 2 * piece] + body[:piece] + body[2 * piece :],
        SEALED + body[:piece],
    ):
        with pytest.raises(Damaged):
            opened(wrong)
    with pytest.raises(Damaged):
        opened(SEALED, place="client-documents/p/b")
    with pytest.raises(Damaged):
        opened(SEALED, ring=Ring("2", {"2": bytes(32)}))
    with pytest.raises(Damaged):
        opened(SEALED, ring=Ring("3", {"3": bytes(32)}))


def test_the_content_is_nowhere_in_the_file():
    assert b"Cleo" not in envelope.seal(b"Cleo" * 100, PLACE, RING)
    assert envelope.seal(b"x", PLACE, RING) != envelope.seal(b"x", PLACE, RING)
