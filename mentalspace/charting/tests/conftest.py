"""A database whose transactions really commit, borrowed from scheduling's tests."""

from mentalspace.scheduling.tests.conftest import really_committed

__all__ = ["really_committed"]
