"""Text as it is kept: one line of words, nothing that a terminal, a page or PostgreSQL would stumble over."""

from unicodedata import category, normalize

UNWANTED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
SOFT_HYPHEN = "\u00ad"


def tidied(text: str) -> str:
    """The words with single spaces between. Ligatures are taken apart, so that "ﬁle" is found by "file"."""
    plain = normalize("NFKC", text.replace(SOFT_HYPHEN, ""))
    return " ".join("".join(" " if category(letter) in UNWANTED else letter for letter in plain).split())
