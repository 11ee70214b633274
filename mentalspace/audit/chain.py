"""The keyed chain over the audit trail: made by the sealer, checked by anybody with the key.

digest(n) = HMAC-SHA256(key, row n) and hash(n) = HMAC-SHA256(key, hash(n-1) ‖ digest(n) ‖ the row's time). The key
lives in the keys folder, never in the database, and each seal's head is appended to a file outside it, so an edit, a
deletion, a reordering, an insertion, a cut tail and a rewrite of the whole chain all show. Rows are chained a moment
after they commit, in an order no later commit can disturb: only rows whose transaction lies below every running one
(`pg_snapshot_xmin`).
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from mentalspace.audit.models import AuditChain

START = "0" * 64
BATCH = 5_000
RETENTION = "6 years"
"""Rows older than this may be gone (the runbook's own DELETE); 45 CFR 164.316(b)(2)(i)."""

CONTENT = """(jsonb_build_array(l.id, l.practice_id, l.user_id, l.action_type, l.event, l.resource_type, l.resource_id,
  to_jsonb(l.client_ids), l.action_description, l.action_details, host(l.ip_address), l.user_agent, l.session_id,
  l.severity, extract(epoch from l.created_at)::text, l.xact::text)
  || CASE WHEN l.cluster = 0 THEN '[]' ELSE jsonb_build_array(l.cluster::text) END)::text"""

THIS_CLUSTER = "(SELECT system_identifier FROM pg_control_system())"

CLUSTERS = f"""WITH RECURSIVE found AS (
    (SELECT cluster FROM audit_logs WHERE practice_id = %(practice)s ORDER BY cluster LIMIT 1)
    UNION ALL
    SELECT (SELECT l.cluster FROM audit_logs l WHERE l.practice_id = %(practice)s AND l.cluster > found.cluster
            ORDER BY l.cluster LIMIT 1) FROM found WHERE found.cluster IS NOT NULL)
  SELECT cluster FROM found WHERE cluster IS NOT NULL ORDER BY cluster = {THIS_CLUSTER}, cluster"""
"""Where the practice's rows were written, this cluster last; an index look-up for each."""

UNSEALED = f"""SELECT l.id, l.created_at, {CONTENT} FROM audit_logs l
  WHERE l.practice_id = %s AND l.cluster = %s AND l.xact >= %s::xid8
    AND (l.cluster <> {THIS_CLUSTER} OR l.xact < pg_snapshot_xmin(pg_current_snapshot()))
    AND NOT EXISTS (SELECT FROM audit_chain c WHERE c.log_id = l.id)
  ORDER BY l.xact, l.id LIMIT %s"""

WATERMARK = """SELECT l.xact::text FROM audit_logs l WHERE l.practice_id = %s AND l.cluster = %s
  AND EXISTS (SELECT FROM audit_chain c WHERE c.log_id = l.id) ORDER BY l.xact DESC LIMIT 1"""

PURGED_UNTIL = """(SELECT max((p.action_details->>'newest')::timestamptz) FROM audit_logs p
  WHERE p.practice_id = %s AND p.action_type = 'ADMIN_ACTION' AND p.event = 'audit.purged')"""
"""The youngest row that a recorded purge took: where no purge is recorded, no row may be missing."""

CHAINED = f"""SELECT c.position, c.log_id, c.digest, c.hash, c.logged_at,
  c.logged_at < now() - interval '{RETENTION}' AND coalesce(c.logged_at <= {PURGED_UNTIL}, false),
  CASE WHEN l.id IS NULL THEN NULL ELSE {CONTENT} END
  FROM audit_chain c LEFT JOIN audit_logs l ON l.id = c.log_id
  WHERE c.practice_id = %s ORDER BY c.position"""

SLIPPED_IN = """SELECT l.id FROM audit_logs l
  JOIN (SELECT s.cluster, max(s.xact) AS last FROM audit_logs s JOIN audit_chain c ON c.log_id = s.id
        WHERE c.practice_id = %s GROUP BY s.cluster) AS sealed ON sealed.cluster = l.cluster
  WHERE l.practice_id = %s AND l.xact < sealed.last AND NOT EXISTS (SELECT FROM audit_chain c WHERE c.log_id = l.id)
  ORDER BY l.xact, l.id LIMIT 1"""


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong with a chain, in words; `log_id` names the row."""

    position: int | None
    log_id: UUID | None
    reason: str


@dataclass(frozen=True)
class Verdict:
    rows: int
    fault: Fault | None


def _key() -> bytes:
    return bytes(settings.AUDIT_KEY)


def mac(*parts: str) -> str:
    """A keyed digest of texts, in order."""
    return hmac.new(_key(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def link(before: str, digest: str, logged_at: datetime) -> str:
    """The hash of a place in the chain, given the one before it.

    The time is in it, or a row could be made to look past its retention, and then be gone without a trace.
    """
    return mac(before, digest, logged_at.astimezone(UTC).isoformat())


def seal(practice: UUID) -> int:
    """Chain every settled row of the practice that has no place yet. Returns how many were chained.

    Runs as the practice's system profile. Two sealers at once cannot both win: positions are unique.
    """
    return sum(_seal_rows_of(cluster, practice) for cluster in _clusters(practice))


def _seal_rows_of(cluster: int, practice: UUID) -> int:
    sealed = 0
    while rows := _unsealed(practice, cluster, _watermark(practice, cluster)):
        position, head = _head(practice)
        links = []
        for log_id, logged_at, content in rows:
            digest = mac(content)
            position, head = position + 1, link(head, digest, logged_at)
            place = {"position": position, "logged_at": logged_at, "digest": digest, "hash": head}
            links.append(AuditChain(log_id=log_id, practice_id=practice, **place))
        AuditChain.objects.bulk_create(links, batch_size=1000)
        sealed += len(links)
    return sealed


def _head(practice: UUID) -> tuple[int, str]:
    last = AuditChain.objects.filter(practice_id=practice).order_by("-position").values("position", "hash").first()
    return (last["position"], last["hash"]) if last else (0, START)


def _clusters(practice: UUID) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(CLUSTERS, {"practice": practice})
        return [number for (number,) in cursor.fetchall()]


def _watermark(practice: UUID, written_in: int) -> int:
    """The last chained transaction of a cluster: nothing unchained lies below it, for rows are chained in order."""
    with connection.cursor() as cursor:
        cursor.execute(WATERMARK, [practice, written_in])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _unsealed(practice: UUID, written_in: int, watermark: int) -> list[tuple[UUID, datetime, str]]:
    with connection.cursor() as cursor:
        cursor.execute(UNSEALED, [practice, written_in, str(watermark), BATCH])
        return list(cursor.fetchall())


def _heads_file(practice: UUID) -> Path:
    return Path(settings.SEALS) / f"{practice}.jsonl"


def publish_head(practice: UUID) -> None:
    """Append the chain's committed head to the file outside the database, and see it on the disk."""
    position, head = _head(practice)
    entry = {"position": position, "hash": head}
    entry["mac"] = mac(str(position), head)
    path = _heads_file(practice)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if position and (not path.exists() or _published(practice)[-1:] != [(position, head)]):
        with path.open("a") as file:
            file.write(json.dumps(entry) + "\n")
            file.flush()
            os.fsync(file.fileno())


def _published(practice: UUID) -> list[tuple[int, str]]:
    """The heads in the file, each with a MAC of its own. Raises ValueError on one that was tampered with."""
    path = _heads_file(practice)
    heads = []
    for line in path.read_text().splitlines() if path.exists() else []:
        entry = json.loads(line)
        if not hmac.compare_digest(entry["mac"], mac(str(entry["position"]), entry["hash"])):
            raise ValueError(f"the seal at position {entry['position']} was altered")
        heads.append((entry["position"], entry["hash"]))
    return heads


def verify(practice: UUID) -> Verdict:
    """Walk the whole chain, then compare with the seals outside the database. Names the first bad row."""
    try:
        seals = dict(_published(practice))
    except (ValueError, KeyError, TypeError) as problem:
        return Verdict(0, Fault(None, None, f"the seal file is damaged: {problem}"))
    before, count = START, 0
    for position, log_id, digest, stored, logged_at, is_past_retention, content in _chained(practice):
        count += 1
        if position != count:
            return Verdict(count, Fault(count, log_id, "a link of the chain is missing"))
        if content is None and not is_past_retention:
            return Verdict(count, Fault(position, log_id, "the row was deleted"))
        if link(before, digest, logged_at) != stored or (content is not None and mac(content) != digest):
            return Verdict(count, Fault(position, log_id, "the row or its place in the chain was changed"))
        if seals.pop(position, stored) != stored:
            return Verdict(count, Fault(position, log_id, "the chain was rewritten: it does not match its seal"))
        before = stored
    if seals:
        return Verdict(count, Fault(count + 1, None, "the end of the chain was cut off: later seals exist"))
    return Verdict(count, _slipped_in(practice))


def _chained(practice: UUID) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(CHAINED, [practice, practice])
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def _slipped_in(practice: UUID) -> Fault | None:
    with connection.cursor() as cursor:
        cursor.execute(SLIPPED_IN, [practice, practice])
        row = cursor.fetchone()
    return Fault(None, row[0], "the row was slipped in behind the chain") if row else None
