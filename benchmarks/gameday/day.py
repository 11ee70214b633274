"""One running product on a game day, and who works in it."""

from dataclasses import dataclass, field

from benchmarks.gameday.signs import NOT_SAID, Signs
from tests.e2e.killing import Ledger
from tests.e2e.product import Product
from tests.e2e.working import Desk, Work
from tests.providers import ResendServer


@dataclass
class Report:
    """What came of one incident. Seconds; None when it never happened within the patience of its step."""

    name: str
    caused: str
    detected: float | None = None
    said: str = NOT_SAID
    repair: str = ""
    recovered: float | None = None
    note: str = ""


@dataclass
class Day:
    """`work` is a light load, `ledger` writes of which every acknowledged one is counted."""

    product: Product
    admin: Desk
    ana: Desk
    work: Work
    ledger: Ledger
    provider: ResendServer
    signs: Signs = field(init=False)

    def __post_init__(self) -> None:
        self.signs = Signs(self.product)
