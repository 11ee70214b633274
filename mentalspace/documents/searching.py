"""Finding documents of one chart by the words in them.

Always within one client: no operator that compares text is leakproof, so PostgreSQL asks who may see a row before what
is in it, and an index over all texts would be of no use to those who do not see all clients.
"""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import Case, Func, IntegerField, Q, Value, When
from django.db.models.lookups import Exact, GreaterThan

from mentalspace.documents.models import AS_WRITTEN, LANGUAGE, DocumentText

BEGINS, ENDS = "\x02", "\x03"
"""Around a hit, in what PostgreSQL answers. No text holds them: control characters are taken out when it is read."""

MOST_WORDS, FEWEST_WORDS = 22, 12
WORD = re.compile(r"\w+")


class _Nodes(Func):
    """How many words are left of a query when those that say nothing ("the", "of") are taken out."""

    function = "numnode"
    output_field = IntegerField()


def says(word: str, *, beside: Sequence[str]) -> Q:
    """The text says this word in one of its forms, or one that begins as it is written. A word that says nothing asks
    nothing beside ones that do.

    The beginning of a word is no form of it: by the rules of English "depression" is "depress", which does not begin
    with "depressi".
    """
    query, begun = _query([word], " & "), _begun([word], " & ")
    if query is None or begun is None:
        return Q(pk__in=[])
    others = _query(beside, " & ")
    asks_nothing = Q(Exact(_Nodes(query), 0)) & Q(GreaterThan(_Nodes(others), Value(0)))
    return Q(text__vector=query) | Q(text__beginnings=begun) | asks_nothing


def places(client_id: UUID, documents: Sequence[UUID], words: Sequence[str]) -> dict[UUID, list[dict[str, Any]]]:
    """For each of these documents that says one of the words: where, as pieces of a sentence. At most one statement."""
    query, begun = _query(words, " | "), _begun(words, " | ")
    if query is None or begun is None or not documents:
        return {}
    rows = DocumentText.objects.filter(client_id=client_id, document__in=documents)
    rows = rows.filter(Q(vector=query) | Q(beginnings=begun))
    where = Case(When(vector=query, then=_headline(query, LANGUAGE)), default=_headline(begun, AS_WRITTEN))
    return {pk: pieces(said) for pk, said in rows.values_list("document_id", where)}


def _headline(query: SearchQuery, config: str) -> SearchHeadline:
    return SearchHeadline(
        "content",
        query,
        config=config,
        start_sel=BEGINS,
        stop_sel=ENDS,
        max_words=MOST_WORDS,
        min_words=FEWEST_WORDS,
        max_fragments=1,
    )


def pieces(said: str) -> list[dict[str, Any]]:
    """A sentence with marks as its pieces, in order: text that the page shows as text, whatever it looks like."""
    found, is_hit = [], False
    for part in re.split(f"([{BEGINS}{ENDS}])", said):
        if part in (BEGINS, ENDS):
            is_hit = part == BEGINS
        elif part:
            found.append({"text": part, "is_hit": is_hit})
    return found


def _query(words: Sequence[str], joined: str) -> SearchQuery | None:
    """These words, in whatever form. None when they hold no letter and no digit."""
    parts = _parts(words)
    asked = joined.join(f"'{part}'" for part in parts)
    return SearchQuery(asked, config=LANGUAGE, search_type="raw") if parts else None


def _begun(words: Sequence[str], joined: str) -> SearchQuery | None:
    """Words that begin so, as they are written. None as `_query`."""
    parts = _parts(words)
    asked = joined.join(f"'{part}':*" for part in parts)
    return SearchQuery(asked, config=AS_WRITTEN, search_type="raw") if parts else None


def _parts(words: Sequence[str]) -> list[str]:
    return [part for word in words for part in WORD.findall(word)]
