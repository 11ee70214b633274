"""What a result means. Pure: no database, no clock."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

SEVERE: Final = MappingProxyType(
    {
        "PHQ-9": 20,  # Kroenke, Spitzer, Williams 2001: 20 and above is severe depression
        "PHQ-9M": 20,  # Johnson et al. 2002: as the PHQ-9
        "GAD-7": 15,  # Spitzer et al. 2006: 15 and above is severe anxiety
        "AUDIT": 20,  # Babor et al. 2001 (WHO): zone IV, possible dependence
        "DAST-10": 9,  # Skinner 1982: 9 and above is severe
    }
)
"""From which total on a result of an instrument is called severe by those who published it."""

SELF_HARM: Final = "self_harm"
"""The ninth item of the PHQ: thoughts of being better off dead or of hurting oneself. Any answer but "not at all"
counts."""


def is_critical(instrument: str, score: Decimal | float, answers: Mapping[str, Any]) -> bool:
    """Whether somebody should look at this result soon, whatever the next session is about."""
    answer = answers.get(SELF_HARM)
    return score >= SEVERE.get(instrument, float("inf")) or (isinstance(answer, int | float) and answer > 0)
