"""How fast `mentalspace import fhir` is, and whether it stays so: the bundled cohort repeated with fresh ids.

    python benchmarks/import_rate.py COHORT.ndjson.gz [--patients 1000] [--present 10000]

Makes a cluster of its own in a temporary folder, imports `--patients` into an empty practice, fills the practice
up to `--present` further clients, imports as many fresh ones again, and repeats that import unchanged.
"""

import argparse
import gzip
import json
import os
import re
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SHARED_BY_ALL = ("Practitioner", "PractitionerRole", "Organization", "Location")
REPEATS = UUID("6b1f1f0e-0b52-4c8c-9d0b-5f2b7a0d5c11")


def repeated(cohort: list[str], patients: int, round_name: str) -> Iterator[str]:
    """Bundles of so many patients, each the cohort's with ids and record numbers of its own."""
    for number in range(patients):
        yield renamed(cohort[number % len(cohort)], f"{round_name}{number}")


def renamed(line: str, suffix: str) -> str:
    content = json.loads(line)
    kept = {e["resource"]["id"] for e in content["entry"] if e["resource"]["resourceType"] in SHARED_BY_ALL}
    for entry in content["entry"]:
        if entry["resource"]["resourceType"] == "Patient":
            for identifier in entry["resource"]["identifier"]:
                identifier["value"] = f"{identifier['value'][:20]}-{suffix}"
    return UUIDS.sub(lambda at: at[0] if at[0] in kept else str(uuid5(REPEATS, at[0] + suffix)), json.dumps(content))


def slim(number: int) -> str:
    """A small chart, to fill a practice: what is stored should not matter, so it need not be large."""
    subject = {"reference": f"Patient/slim-{number}"}
    code = {"coding": [{"system": "http://snomed.info/sct", "code": "370143000"}], "text": "Major depressive disorder"}
    mrn = {"type": {"coding": [{"code": "MR"}]}, "system": "urn:slim", "value": f"S{number}"}
    resources: list[dict[str, Any]] = [
        {
            "resourceType": "Patient",
            "id": f"slim-{number}",
            "identifier": [mrn],
            "name": [{"family": f"Slim{number}", "given": ["Pat"]}],
            "birthDate": "1980-01-01",
        }
    ]
    resources += [
        {"resourceType": "Condition", "id": f"slim-{number}-{at}", "subject": subject, "code": code} for at in range(5)
    ]
    entries = [{"resource": item} for item in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})


def written(path: Path, lines: Iterator[str]) -> Path:
    with gzip.open(path, "wt", compresslevel=1) as stream:
        stream.writelines(line + "\n" for line in lines)
    return path


def server_seconds() -> float:
    """Processor time of our connection's server process; 0 where there is no /proc."""
    from django.db import connection

    connection.ensure_connection()
    try:
        fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(name: str, path: Path, patients: int) -> None:
    """One import. Reading and writing take turns, so `alone` is the rate of a machine with nothing else to do."""
    from mentalspace.exchange.importing import import_fhir

    began, worked, served = time.monotonic(), time.process_time(), server_seconds()
    report = import_fhir(paths=[path], practice="bench", assign_to=None, dry_run=False)
    took, ours, theirs = time.monotonic() - began, time.process_time() - worked, server_seconds() - served
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name:<30} {patients / took * 60:>7,.0f} patients/min (alone {patients / (ours + theirs) * 60:,.0f})"
        f"  {report.read:,} resources in {took:.1f} s, CPU {ours:.1f} + {theirs:.1f} s server"
        f"  peak {peak:.0f} MB  {dict(report.created)}",
        flush=True,
    )


def run(cohort: Path, patients: int, present: int, folder: Path) -> None:
    from mentalspace.env import environment
    from mentalspace.launch import keys, roles
    from mentalspace.launch.cluster import lease
    from mentalspace.launch.prepare import migrate

    lines = gzip.decompress(cohort.read_bytes()).decode().splitlines()
    first = written(folder / "first.ndjson.gz", repeated(lines, patients, "a"))
    filling = written(folder / "filling.ndjson.gz", (slim(number) for number in range(present)))
    second = written(folder / "second.ndjson.gz", repeated(lines, patients, "b"))
    keys.create_missing(environment())
    with lease(environment(), make=True):
        roles.ensure(environment())
        migrate()
        from mentalspace.people.setup import found_practice

        found_practice(name="Bench", slug="bench")
        measured("into an empty practice", first, patients)
        measured(f"{present:,} small charts more", filling, present)
        measured(f"with {patients + present:,} clients there", second, patients)
        measured("the same again, unchanged", second, patients)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("cohort", type=Path)
    arguments.add_argument("--patients", type=int, default=1000)
    arguments.add_argument("--present", type=int, default=10_000)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="ms-import-") as name:
        Path(name).chmod(0o711)  # the database may have to run as another account
        os.environ |= {"MENTALSPACE_HOME": name, "MENTALSPACE_DEMO": "0"}
        run(given.cohort, given.patients, given.present, Path(name))


if __name__ == "__main__":
    main()
