"""What Python tells the database's triggers, for the rest of the transaction."""

from django.db import connection

WORDS = frozenset({"ms.origin"})
"""Who acts is never among them: that is signed (`actor`)."""


def tell_triggers(word: str, text: str) -> None:
    """Give a word its meaning. A trigger may write it down, and must not believe it."""
    if word not in WORDS:
        raise ValueError(f"{word} is no word for triggers")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [word, text])
