"""The import, in the real database as the real role: what comes in, what stays out; nothing is lost."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import ProgrammingError

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.clients.models import CareTeamMember, Client, Diagnosis
from mentalspace.exchange.fhir.errors import BrokenFile
from mentalspace.exchange.importing import ImportRefused, import_fhir
from mentalspace.exchange.models import ExternalIdentifier, ImportRun
from mentalspace.exchange.report import ImportReport, Outcome
from mentalspace.exchange.tests.resources import (
    SHARED,
    Resource,
    bundle,
    chart,
    condition,
    encounter,
    observation,
    patient,
    practitioner,
    write,
)
from mentalspace.exchange.tests.test_reading import needs_shared
from mentalspace.outcomes.models import MeasureResult
from mentalspace.people.models import Profile
from mentalspace.scheduling.models import Appointment
from tests.cast import CLEO, HERE, ID, NEXT_DOOR, actor

pytestmark = pytest.mark.django_db
TABLES: tuple[Any, ...] = (
    Client,
    Diagnosis,
    Appointment,
    MeasureResult,
    Profile,
    CareTeamMember,
    ExternalIdentifier,
)
PATIENTS = SHARED / "fhir-patients"


def run(
    *paths: Path, dry_run: bool = False, practice: str | None = "here", assign_to: str | None = None
) -> ImportReport:
    report = import_fhir(paths=paths, practice=practice, assign_to=assign_to, dry_run=dry_run)
    assert report.is_complete
    return report


def stored(name: str = "ada", tables: tuple[Any, ...] = TABLES) -> list[int]:
    """How many rows of each table this person sees."""
    with acting_as(actor(name)):
        return [model.objects.count() for model in tables]


def refusals(report: ImportReport) -> dict[tuple[str, str], int]:
    return {
        (kind, reason): count for (kind, outcome, reason), count in report.counts.items() if outcome == Outcome.REFUSED
    }


@pytest.fixture
def chart_file(tmp_path: Path) -> Path:
    return write(tmp_path / "chart.json", bundle(*chart()))


def test_one_of_everything(chart_file: Path) -> None:
    report = run(chart_file)
    assert dict(report.created) == {
        "staff": 1,
        "clients": 1,
        "diagnoses": 1,
        "appointments": 1,
        "measures": 1,
    }
    assert (report.read, report.total(Outcome.IMPORTED)) == (5, 5)
    with acting_as(actor("ada")):
        client = Client.objects.get(medical_record_number="MRN-p1")
        appointment = Appointment.objects.select_related("clinician").get(client=client)
        diagnosis, measure = Diagnosis.objects.get(client=client), MeasureResult.objects.get(client=client)
    names = (client.first_name, client.middle_name, client.last_name)
    assert (names, client.primary_therapist_id) == (("Cleo", "Ann", "Rivera"), None)
    assert (appointment.status, appointment.is_imported, appointment.clinician.last_name) == (
        "Completed",
        True,
        "Okafor",
    )
    assert (diagnosis.code, diagnosis.rank, str(measure.score)) == ("F33.1", 1, "14.00")


def test_the_run_and_its_files_are_on_record(chart_file: Path) -> None:
    run(chart_file)
    with acting_as(actor("ada")):
        noted = ImportRun.objects.get()
        event = AuditLog.objects.get(resource_id=noted.pk)
    assert (noted.is_dry_run, noted.counts["resources_read"], noted.files[0]["name"]) == (
        False,
        5,
        "chart.json",
    )
    assert len(noted.files[0]["sha256"]) == 64
    assert (event.event, event.user_id) == ("exchange.fhir.imported", HERE)


def test_a_dry_run_reports_the_same_and_writes_nothing(chart_file: Path) -> None:
    before = stored()
    tried = run(chart_file, dry_run=True)
    assert stored() == before
    done = run(chart_file)
    assert tried.counts == done.counts
    assert tried.created == done.created
    with acting_as(actor("ada")):
        assert list(ImportRun.objects.order_by("created_at").values_list("is_dry_run", flat=True)) == [
            True,
            False,
        ]


def test_a_second_import_changes_nothing(chart_file: Path) -> None:
    run(chart_file)
    before = stored()
    again = run(chart_file)
    assert stored() == before
    assert again.total(Outcome.UNCHANGED) == again.read == 5


def test_a_changed_resource_is_left_alone_and_named(tmp_path: Path, chart_file: Path) -> None:
    run(chart_file)
    renamed = patient(name=[{"family": "Changed", "given": ["Cleo"]}])
    report = run(write(tmp_path / "b.json", renamed))
    assert report.total(Outcome.CHANGED) == 1
    assert list(report.examples.values()) == [["b.json"]]
    with acting_as(actor("ada")):
        assert Client.objects.get(medical_record_number="MRN-p1").last_name == "Rivera"


def test_the_same_resource_twice_in_one_import(tmp_path: Path) -> None:
    report = run(
        write(
            tmp_path / "a.ndjson",
            patient(),
            patient(),
            practitioner(),
            practitioner(),
            condition(),
            condition(),
        )
    )
    assert (report.total(Outcome.IMPORTED), report.total(Outcome.UNCHANGED)) == (3, 3)


def test_order_and_files_do_not_matter(tmp_path: Path) -> None:
    """As bulk exports come: a file for each type, what points before what is pointed to."""
    for name, resource in zip("abcde", reversed(chart()), strict=True):
        write(tmp_path / f"{name}.ndjson.gz", resource, zipped=True)
    assert run(tmp_path).total(Outcome.IMPORTED) == 5


def test_a_clinician_known_from_references_only(tmp_path: Path) -> None:
    who = {
        "reference": "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999999789",
        "display": "Dr. Eva Lang",
    }
    seen = [encounter(f"e{number}", participant=[{"individual": who}]) for number in range(3)]
    path = write(tmp_path / "a.json", bundle(patient(), *seen))
    report = run(path)
    assert (report.created["staff"], report.created["appointments"]) == (1, 3)
    assert run(path).total(Outcome.UNCHANGED) == 4


def test_staff_are_matched_by_their_number(tmp_path: Path, chart_file: Path) -> None:
    run(chart_file)
    report = run(write(tmp_path / "b.json", practitioner("other-id")))
    assert report.total(Outcome.MATCHED) == 1
    assert report.created["staff"] == 0


def test_imported_staff_cannot_sign_in(chart_file: Path) -> None:
    run(chart_file)
    with acting_as(actor("ada")):
        person = Profile.objects.get(last_name="Okafor")
    assert (person.user_id, person.is_active, person.npi_number) == (None, False, "1234567893")


def test_a_record_number_that_is_taken_is_refused_with_its_chart(tmp_path: Path) -> None:
    """Cleo of the cast has MS000001: nobody else's file may write into her chart."""
    intruder = patient("x", identifier=[{"type": {"coding": [{"code": "MR"}]}, "value": "MS000001"}])
    report = run(write(tmp_path / "a.json", bundle(intruder, condition(subject="Patient/x"))))
    assert refusals(report) == {
        ("Patient", "a client with this record number is already here under another id"): 1,
        ("Condition", "its patient is not among the clients here"): 1,
    }
    with acting_as(actor("ana")):
        assert Client.objects.get(pk=CLEO).last_name == "Client"
        assert not Diagnosis.objects.filter(client_id=CLEO).exists()


def test_two_record_numbers_alike_in_one_import(tmp_path: Path) -> None:
    same = patient()["identifier"]
    report = run(write(tmp_path / "a.ndjson", patient(), patient("p2", identifier=same)))
    assert (report.total(Outcome.IMPORTED), report.total(Outcome.REFUSED)) == (1, 1)


def test_an_id_that_means_somebody_else_here(tmp_path: Path, chart_file: Path) -> None:
    """Two servers may both have a Patient/p1; the second's conditions must not land in the first's chart."""
    run(chart_file)
    other = patient(birthDate="1971-01-01", identifier=[], name=[{"family": "Else", "given": ["Someone"]}])
    report = run(write(tmp_path / "b.json", bundle(other, condition("c9"))))
    assert refusals(report) == {
        ("Patient", "its id belongs to another person here"): 1,
        ("Condition", "its patient's id belongs to another person here"): 1,
    }


def test_a_patient_without_a_record_number_gets_a_lasting_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", patient(identifier=None))
    run(path)
    assert run(path).total(Outcome.UNCHANGED) == 1
    with acting_as(actor("ada")):
        assert Client.objects.filter(medical_record_number__startswith="FHIR-").count() == 1


def test_what_is_not_supported_is_counted(tmp_path: Path) -> None:
    others: list[Resource] = [
        {"resourceType": kind, "id": "1"} for kind in ("Claim", "Claim", "Immunization", "Bundle")
    ]
    others[3] |= {"type": "collection", "entry": []}
    report = run(write(tmp_path / "a.json", bundle(*chart(), *others)))
    assert {kind: report.total(Outcome.UNSUPPORTED, kind) for kind in ("Claim", "Immunization", "Bundle")} == {
        "Claim": 2,
        "Immunization": 1,
        "Bundle": 1,
    }
    assert "Claim" in report.as_text()


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        (condition(subject="Patient/nobody"), "its patient is not among the clients here"),
        (encounter(doctor="Practitioner/nobody"), "its practitioner is not among the staff here"),
        (condition("c" * 300), "its id is too long"),
        (
            condition(code={"coding": chart()[2]["code"]["coding"], "text": "x" * 301}),
            "description is longer than 300 characters",
        ),
        (patient("p2", name=[{"family": "x" * 101}]), "last name is longer than 100 characters"),
    ],
)
def test_refused_one_by_one(tmp_path: Path, resource: dict[str, Any], reason: str) -> None:
    report = run(write(tmp_path / "a.ndjson", patient(), practitioner(), resource))
    assert refusals(report) == {(resource["resourceType"], reason): 1}


def test_hostile_text_is_stored_as_it_is(tmp_path: Path) -> None:
    name = "'; DROP TABLE clients; -- <img src=x onerror=alert(1)> \u202e {{7*7}} \N{PILE OF POO}"
    run(write(tmp_path / "a.json", patient(name=[{"family": name, "given": ["O'Hara"]}])))
    with acting_as(actor("ada")):
        assert Client.objects.get(medical_record_number="MRN-p1").last_name == name


@pytest.mark.parametrize("kind", ["bad line", "cut off", "bad date"])
def test_a_broken_file_stops_before_anything_is_written(tmp_path: Path, kind: str) -> None:
    write(tmp_path / "a.ndjson", *chart())
    lines = [json.dumps(patient(f"q{number}")) for number in range(50)]
    if kind == "bad line":
        lines[20] = lines[20][:-3]
    if kind == "bad date":
        lines[20] = json.dumps(patient("q20", birthDate="soon"))
    content = "\n".join(lines).encode()
    zipped = gzip.compress(content)[:-9] if kind == "cut off" else gzip.compress(content)
    (tmp_path / "b.ndjson.gz").write_bytes(zipped)
    before = stored()
    with pytest.raises(BrokenFile, match=r"b\.ndjson\.gz" + ("" if kind == "cut off" else ", line 21")):
        run(tmp_path)
    assert stored() == before
    with acting_as(actor("ada")):
        assert not ImportRun.objects.exists()


def test_next_door_sees_nothing_of_it(chart_file: Path) -> None:
    before = stored("otto", TABLES[:-1]), stored("olga")
    run(chart_file)
    assert (stored("otto", TABLES[:-1]), stored("olga")) == before
    with acting_as(actor("otto")), pytest.raises(ProgrammingError, match="permission denied"):
        ExternalIdentifier.objects.count()


def test_the_same_chart_in_two_practices_are_two_charts(chart_file: Path) -> None:
    run(chart_file)
    report = run(chart_file, practice="next-door")
    assert report.total(Outcome.IMPORTED) == 5
    with acting_as(actor("olga")):
        assert Client.objects.get(medical_record_number="MRN-p1").practice_id == NEXT_DOOR


def test_the_first_practice_is_the_default(chart_file: Path) -> None:
    run(chart_file, practice=None)
    with acting_as(actor("ada")):
        assert Client.objects.filter(medical_record_number="MRN-p1").exists()


def test_an_assigned_clinician_sees_the_imported_clients_and_others_do_not(chart_file: Path) -> None:
    run(chart_file, assign_to="ANA@example.org")
    with acting_as(actor("ana")):
        assert Client.objects.get(medical_record_number="MRN-p1").primary_therapist_id == ID["ana"]
        assert MeasureResult.objects.count() == 1
    with acting_as(actor("ash")):
        assert not Client.objects.filter(medical_record_number="MRN-p1").exists()


@pytest.mark.parametrize(
    "wrong", [{"practice": "nowhere"}, {"assign_to": "otto@example.org"}, {"assign_to": "nobody@example.org"}]
)
def test_a_wrong_practice_or_person_is_refused(chart_file: Path, wrong: dict[str, Any]) -> None:
    before = stored()
    with pytest.raises(ImportRefused):
        run(chart_file, **wrong)
    assert stored() == before


def test_measures_of_a_panel_are_one_row_and_all_counted(tmp_path: Path) -> None:
    members = [{"reference": f"Observation/{name}"} for name in ("o1", "o2")]
    panel = observation("o0", code="44249-1", score=None, hasMember=members)
    content = bundle(patient(), panel, observation("o1"), observation("o2", code="44250-9", score=2))
    report = run(write(tmp_path / "a.json", content))
    assert (report.created["measures"], report.total(Outcome.IMPORTED, "Observation")) == (1, 3)
    with acting_as(actor("ada")):
        assert MeasureResult.objects.get().answers == {"interest": 2}


@needs_shared
def test_the_shared_patients() -> None:
    """The figures were counted from the files themselves."""
    report = run(PATIENTS)
    assert report.read == 9129
    assert (report.created["clients"], report.created["diagnoses"], report.created["measures"]) == (
        30,
        3051,
        42,
    )
    assert (report.created["appointments"], report.total(Outcome.REFUSED, "Encounter")) == (218, 254)
    before = stored()
    again = run(PATIENTS)
    assert stored() == before
    assert again.total(Outcome.IMPORTED) == again.total(Outcome.CHANGED) == again.total(Outcome.MATCHED) == 0


@needs_shared
@pytest.mark.parametrize("kind", ["collection", "resources", "bundles"])
def test_the_shared_patients_in_other_forms(tmp_path: Path, kind: str) -> None:
    source = PATIENTS / "synthea-r4"
    whole = [json.loads(path.read_text()) for path in sorted(source.glob("*.json"))]
    if kind == "collection":
        for number, content in enumerate(whole):
            write(tmp_path / f"{number}.json", content | {"type": "collection"})
    elif kind == "bundles":
        write(tmp_path / "all.ndjson.gz", *whole, zipped=True)
    else:
        write(tmp_path / "all.ndjson", *(entry["resource"] for content in whole for entry in content["entry"]))
    report, plain = run(tmp_path), run(source)
    assert report.created["clients"] == 6
    assert plain.total(Outcome.IMPORTED) == 0


@needs_shared
def test_us_core_examples_go_in_or_are_counted() -> None:
    assert run(SHARED / "fhir-us-core").read == 88
