"""Which store is used: the one that is set takes what is new; each object knows in which one it lies."""

from functools import lru_cache

from django.conf import settings

from mentalspace.storage.adapters.clamd import Clamd
from mentalspace.storage.adapters.local import LocalStore
from mentalspace.storage.adapters.s3 import S3Store
from mentalspace.storage.envelope import Ring
from mentalspace.storage.errors import StorageAway
from mentalspace.storage.models import Store
from mentalspace.storage.ports import ObjectStore, Scanner


def current_store() -> ObjectStore:
    """Where new objects go."""
    return store_named(Store.S3 if settings.S3 else Store.LOCAL)


def store_named(name: str) -> ObjectStore:
    """The store of this name. Raises StorageAway for S3 when it is not set up: its objects are there, out of reach."""
    if name == Store.LOCAL:
        return LocalStore(settings.OBJECTS, Ring(settings.STORAGE_KEY, settings.STORAGE_KEYS))
    if settings.S3 is None:
        raise StorageAway
    return _s3(settings.S3)


def every_store() -> list[ObjectStore]:
    """Each store that is set up: objects may lie in both while they are being moved."""
    return [store_named(Store.LOCAL), *([store_named(Store.S3)] if settings.S3 else [])]


def probe(seconds: float) -> None:
    """Whether the store that takes what is new answers within about so many seconds. Raises StorageAway."""
    (_hasty(settings.S3, seconds) if settings.S3 else current_store()).probe()


@lru_cache(maxsize=2)
def _hasty(how: object, seconds: float) -> S3Store:
    """One that does not wait and does not try again, for whoever only wants to know."""
    return S3Store(how, seconds=seconds, attempts=1)  # type: ignore[arg-type]


@lru_cache(maxsize=2)
def _s3(how: object) -> S3Store:
    """One client for all: it holds connections."""
    return S3Store(how)  # type: ignore[arg-type]


def scanner() -> Scanner | None:
    """Who looks for malware; None while none is connected."""
    return Clamd(*settings.CLAMD) if settings.CLAMD else None


def s3_for_questions() -> S3Store | None:
    """The store whose settings can be looked at; None while files are kept in the home."""
    return _hasty(settings.S3, SECONDS_FOR_QUESTIONS) if settings.S3 else None


SECONDS_FOR_QUESTIONS = 3.0
