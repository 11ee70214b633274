"""Who may do what, in plain Python: the written policy once more, sharing no SQL with the product.

Source: the intended columns of the role matrix, narrowed to the care team (a supervisor sees supervisees' clients, not
all; billing sees none yet; nobody removes what was written).
"""

from tests.access.oracle import charts, files, messages
from tests.access.oracle.facts import HATS, RULES, Person, Thing, Universe

__all__ = ["HATS", "RULES", "Person", "Thing", "Universe", "charts", "files", "messages"]
