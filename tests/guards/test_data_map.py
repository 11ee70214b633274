"""`docs/data-map.md` says the same as the data classes: every table once, under its class."""

import re
from pathlib import Path

from tests.guards.data_classes import CLASSES

PAGE = Path(__file__).parents[2] / "docs" / "data-map.md"


def test_the_data_map_names_every_table_once_under_its_class():
    found = {}
    for section in re.split(r"^## ", PAGE.read_text(), flags=re.MULTILINE)[1:]:
        found[section.splitlines()[0]] = re.findall(r"^- `(\w+)`$", section, flags=re.MULTILINE)
    assert found == {name: sorted(tables) for name, tables in CLASSES.items()}
