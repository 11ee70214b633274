"""Small FHIR resources for tests: each is valid as it stands, and keywords change what a test is about."""

import gzip
import json
from pathlib import Path
from typing import Any

from mentalspace.exchange.fhir.errors import Place
from mentalspace.exchange.fhir.reading import Entry, Unit

Resource = dict[str, Any]
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
MR = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}


def without_nones(values: Resource) -> Resource:
    return {name: value for name, value in values.items() if value is not None}


def patient(number: str = "p1", **values: Any) -> Resource:
    base = {
        "resourceType": "Patient",
        "id": number,
        "identifier": [{"type": MR, "system": "http://clinic.example", "value": f"MRN-{number}"}],
        "name": [{"use": "official", "family": "Rivera", "given": ["Cleo", "Ann"]}],
        "birthDate": "1990-02-28",
        "gender": "female",
    }
    return without_nones(base | values)


def practitioner(number: str = "d1", npi: str = "1234567893", **values: Any) -> Resource:
    base = {
        "resourceType": "Practitioner",
        "id": number,
        "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": npi}],
        "name": [{"family": "Okafor", "given": ["Ana"], "prefix": ["Dr."], "suffix": ["PhD"]}],
    }
    return without_nones(base | values)


def condition(number: str = "c1", subject: Any = "Patient/p1", **values: Any) -> Resource:
    base = {
        "resourceType": "Condition",
        "id": number,
        "subject": {"reference": subject} if isinstance(subject, str) else subject,
        "clinicalStatus": {"coding": [{"code": "active"}]},
        "code": {
            "coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "F33.1"}],
            "text": "Depression",
        },
        "onsetDateTime": "2024-03-01",
    }
    return without_nones(base | values)


def encounter(
    number: str = "e1", subject: str = "Patient/p1", doctor: str = "Practitioner/d1", **values: Any
) -> Resource:
    base = {
        "resourceType": "Encounter",
        "id": number,
        "status": "finished",
        "class": {"code": "AMB"},
        "type": [{"text": "Follow-up"}],
        "subject": {"reference": subject},
        "participant": [{"individual": {"reference": doctor}}],
        "period": {"start": "2024-03-01T15:00:00-05:00", "end": "2024-03-01T15:50:00-05:00"},
    }
    return without_nones(base | values)


def observation(number: str = "o1", code: str = "44261-6", score: Any = 14, **values: Any) -> Resource:
    base = {
        "resourceType": "Observation",
        "id": number,
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": "2024-03-01T15:05:00-05:00",
        "valueQuantity": None if score is None else {"value": score},
    }
    return without_nones(base | values)


def bundle(*resources: Resource, kind: str = "transaction") -> Resource:
    entries = [{"fullUrl": f"urn:uuid:{item.get('id', at)}", "resource": item} for at, item in enumerate(resources)]
    return {"resourceType": "Bundle", "type": kind, "entry": entries}


def chart() -> list[Resource]:
    """One of everything that is imported."""
    return [patient(), practitioner(), condition(), encounter(), observation()]


def unit(*resources: Resource) -> Unit:
    return Unit(tuple(Entry(item, Place("test", entry=at)) for at, item in enumerate(resources, 1)))


def write(path: Path, *documents: Resource, zipped: bool = False) -> Path:
    """One document a line, as NDJSON; a single one is plain JSON too."""
    text = "\n".join(json.dumps(document) for document in documents).encode()
    path.write_bytes(gzip.compress(text) if zipped else text)
    return path
