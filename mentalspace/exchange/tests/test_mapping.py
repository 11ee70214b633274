"""What each resource comes to, and why some come to nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from mentalspace.exchange.fhir import reading
from mentalspace.exchange.fhir.declining import Declined
from mentalspace.exchange.fhir.drafts import (
    AppointmentDraft,
    ClientDraft,
    DiagnosisDraft,
    Draft,
    MeasureDraft,
    StaffDraft,
)
from mentalspace.exchange.fhir.errors import BrokenFile, Place
from mentalspace.exchange.fhir.mapping import Mapped, map_unit
from mentalspace.exchange.fhir.people import is_npi, staff_from_reference
from mentalspace.exchange.fhir.references import Key, Reference
from mentalspace.exchange.tests.resources import (
    SHARED,
    Resource,
    condition,
    encounter,
    observation,
    patient,
    practitioner,
    unit,
)
from mentalspace.exchange.tests.test_reading import needs_shared

NOW = datetime(2026, 11, 23, tzinfo=UTC)
US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/"
ICD, SCT = "http://hl7.org/fhir/sid/icd-10-cm", "http://snomed.info/sct"


def mapped(*resources: Resource) -> list[Mapped]:
    return list(map_unit(unit(*resources), NOW))


def draft(resource: Resource, kind: type[Draft]) -> Any:
    result = mapped(resource)[0].result
    assert isinstance(result, kind), result
    return result


def reason(resource: Resource) -> str:
    result = mapped(resource)[0].result
    assert isinstance(result, Declined)
    return result.reason


def test_a_patient() -> None:
    race = {"url": "ombCategory", "valueCoding": {"code": "2106-3", "display": "white"}}
    client = draft(
        patient(
            name=[
                {"use": "maiden", "family": "Stone", "given": ["Cleo"]},
                {"use": "nickname", "given": ["Clee"]},
                {"use": "official", "family": "Rivera", "given": ["Cleo", "Ann"], "suffix": ["Jr."]},
            ],
            extension=[
                {"url": US_CORE + "us-core-birthsex", "valueCode": "F"},
                {
                    "url": US_CORE + "us-core-race",
                    "extension": [race, {"url": "text", "valueString": "White"}],
                },
            ],
            telecom=[
                {"system": "phone", "value": "555-0100", "use": "home"},
                {"system": "phone", "value": "555-0101", "use": "mobile"},
                {"system": "email", "value": "cleo@example.com"},
            ],
            address=[{"line": ["1 Elm St", "Apt 2"], "city": "Boston", "state": "MA", "postalCode": "02118"}],
            maritalStatus={"coding": [{"code": "M"}]},
            communication=[
                {"language": {"coding": [{"code": "en"}]}},
                {"language": {"text": "Tagalog"}, "preferred": True},
            ],
            deceasedDateTime="2025-05-01T10:00:00Z",
        ),
        ClientDraft,
    )
    assert (client.first_name, client.middle_name, client.last_name, client.suffix) == (
        "Cleo",
        "Ann",
        "Rivera",
        "Jr.",
    )
    assert (client.chosen_name, client.previous_names, client.mrn) == ("Clee", "Cleo Stone", "MRN-p1")
    assert (client.born_on, client.gender, client.birth_sex, client.race) == (
        date(1990, 2, 28),
        "Female",
        "Female",
        "White",
    )
    assert (client.phone, client.email, client.street2) == ("555-0101", "cleo@example.com", "Apt 2")
    assert (client.marital_status, client.language) == ("Married", "Tagalog")
    assert (client.is_deceased, client.died_on) == (True, date(2025, 5, 1))


def test_private_numbers_are_not_kept() -> None:
    numbers = [
        {"type": {"coding": [{"code": code}]}, "system": f"http://{code}", "value": "1"} for code in ("SS", "DL", "PPN")
    ]
    numbers.append({"system": "http://hl7.org/fhir/sid/us-ssn", "value": "999-98-4342"})
    numbers.append({"system": "http://clinic", "value": "7"})
    client = draft(patient(identifier=numbers), ClientDraft)
    assert [key.value for key in client.identifiers] == ["7"]
    assert client.mrn is None


def test_hostile_text_is_kept_as_text() -> None:
    name = "Robert'); DROP TABLE clients;-- <script>alert(1)</script> \u202e ‮ 𝕳 {{7*7}} =cmd|' /C calc'!A0"
    assert draft(patient(name=[{"family": name, "given": ["X"]}]), ClientDraft).last_name == name


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"name": None}, "no name"),
        ({"name": [{"text": "Somebody"}]}, "no name"),
        ({"birthDate": None}, "full date of birth"),
        ({"birthDate": "1990"}, "full date of birth"),
        ({"deceasedDateTime": "1980"}, "died before"),
    ],
)
def test_patients_we_cannot_take(changes: Resource, why: str) -> None:
    assert why in reason(patient(**changes))


def test_a_practitioner() -> None:
    staff = draft(practitioner(), StaffDraft)
    assert (staff.first_name, staff.last_name, staff.prefix, staff.credentials) == (
        "Ana",
        "Okafor",
        "Dr.",
        "PhD",
    )
    assert (staff.npi, staff.identifiers[0].value) == ("1234567893", "1234567893")
    assert draft(practitioner(npi="490"), StaffDraft).npi == ""
    assert "no name" in reason(practitioner(name=[]))


@pytest.mark.parametrize(
    ("number", "valid"),
    [("1234567893", True), ("1234567890", False), ("123", False), ("١٢٣٤٥٦٧٨٩٣", False), ("", False)],
)
def test_npi(number: str, valid: bool) -> None:
    assert is_npi(number) is valid


def test_somebody_known_from_a_reference_only() -> None:
    doctor = "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999999789"
    participant = [{"individual": {"reference": doctor, "display": "Dr. Eleonora961 Langosh790"}}]
    appointment = draft(encounter(participant=participant), AppointmentDraft)
    staff = staff_from_reference(appointment.clinician)
    assert staff is not None
    assert (staff.prefix, staff.first_name, staff.last_name) == ("Dr.", "Eleonora961", "Langosh790")
    assert staff_from_reference(Reference(Key("fhir:id", "Practitioner", "1"), "Dr. X")) is None


@pytest.mark.parametrize(
    ("codings", "code", "system"),
    [
        ([{"system": ICD, "code": "F33.1"}], "F33.1", "ICD-10-CM"),
        ([{"system": ICD, "code": "f331"}], "F33.1", "ICD-10-CM"),
        ([{"system": SCT, "code": "370143000"}, {"system": ICD, "code": "F32A"}], "F32.A", "ICD-10-CM"),
        ([{"system": SCT, "code": "370143000"}], "370143000", "SNOMED CT"),
    ],
)
def test_a_condition_prefers_icd10(codings: list[Resource], code: str, system: str) -> None:
    diagnosis = draft(condition(code={"coding": codings, "text": "Depression"}), DiagnosisDraft)
    assert (diagnosis.code, diagnosis.code_system, diagnosis.label) == (code, system, "Depression")
    assert diagnosis.client.key == Key("fhir:id", "Patient", "p1")


@pytest.mark.parametrize(
    ("label", "category"), [("Stress (finding)", "finding"), ("Asthma (disorder)", "encounter-diagnosis")]
)
def test_findings_are_told_apart(label: str, category: str) -> None:
    code = {"coding": [{"system": SCT, "code": "73595000", "display": label}]}
    given = condition(code=code, category=[{"coding": [{"code": "encounter-diagnosis"}]}])
    assert draft(given, DiagnosisDraft).category == category


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"code": None}, "no code"),
        ({"code": {"text": "sad"}}, "no code in ICD-10-CM or SNOMED CT"),
        ({"subject": None}, "names no patient"),
        ({"subject": {"reference": "Group/1"}}, "not a patient"),
        ({"verificationStatus": {"coding": [{"code": "entered-in-error"}]}}, "withdrawn"),
        ({"clinicalStatus": {"coding": [{"code": "resolved"}]}}, "since when"),
        ({"abatementDateTime": "2020-01-01"}, "ended before it began"),
    ],
)
def test_conditions_we_cannot_take(changes: Resource, why: str) -> None:
    assert why in reason(condition(**changes))


@pytest.mark.parametrize(
    ("status", "kind", "ours"),
    [("finished", "1", "Completed"), ("cancelled", "1", "Cancelled"), ("cancelled", "281399006", "No Show")],
)
def test_an_encounter(status: str, kind: str, ours: str) -> None:
    given = encounter(status=status, type=[{"coding": [{"system": SCT, "code": kind, "display": "Visit"}]}])
    appointment = draft(given, AppointmentDraft)
    assert (appointment.status, appointment.label) == (ours, "Visit")
    assert appointment.starts_at == datetime(2024, 3, 1, 20, tzinfo=UTC)


def test_the_primary_performer_is_the_clinician() -> None:
    people = [
        {"individual": {"reference": "Practitioner/x"}},
        {"type": [{"coding": [{"code": "PPRF"}]}], "individual": {"reference": "Practitioner/d1"}},
    ]
    appointment = draft(encounter(participant=people), AppointmentDraft)
    assert appointment.clinician.key == Key("fhir:id", "Practitioner", "d1")


def period(start: str | None, end: str | None) -> Resource:
    return {"period": {name: value for name, value in (("start", start), ("end", end)) if value}}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"period": None}, "no start and end"),
        (period("2024-03-01T15:00:00Z", None), "no start and end"),
        (period("2024-03-01", "2024-03-02"), "days only"),
        (period("2024-03-01T15:00:00Z", "2024-03-01T15:00:00Z"), "no length"),
        (period("2024-03-01T15:00:00Z", "2024-03-01T14:00:00Z"), "ends before"),
        (period("2024-03-01T15:00:00Z", "2024-03-09T15:00:00Z"), "longer than a day"),
        (period("2027-03-01T15:00:00Z", "2027-03-01T16:00:00Z"), "not over"),
        ({"status": "planned"}, "not over"),
        ({"status": "entered-in-error"}, "withdrawn"),
        ({"status": "who knows"}, "status is unknown"),
        ({"participant": []}, "no practitioner"),
    ],
)
def test_encounters_we_cannot_take(changes: Resource, why: str) -> None:
    assert why in reason(encounter(**changes))


@pytest.mark.parametrize(
    ("code", "name", "score"),
    [
        ("55758-7", "PHQ-2", 6),
        ("44261-6", "PHQ-9", 27),
        ("89204-2", "PHQ-9M", 3),
        ("70274-6", "GAD-7", 13.131996594635906),
        ("75624-7", "AUDIT", 40),
        ("75626-2", "AUDIT-C", 12),
        ("82667-7", "DAST-10", 10),
    ],
)
def test_totals(code: str, name: str, score: float) -> None:
    measure = draft(observation(code=code, score=score), MeasureDraft)
    assert (measure.instrument, measure.score) == (name, Decimal(repr(score)))
    assert measure.taken_at == datetime(2024, 3, 1, 20, 5, tzinfo=UTC)


def coded(code: str) -> Resource:
    return {"coding": [{"system": "http://loinc.org", "code": code}]}


def test_a_panel_with_components() -> None:
    parts = [
        {"code": coded("44250-9"), "valueInteger": 2},
        {"code": coded("44260-8"), "valueCodeableConcept": {"coding": [{"code": "LA6569-3"}]}},
        {"code": coded("44255-8"), "valueCodeableConcept": {"text": "declined"}},
        {"code": coded("44261-6"), "valueQuantity": {"value": 3}},
    ]
    measure = draft(observation(code="44249-1", score=None, component=parts), MeasureDraft)
    assert (measure.score, measure.answers) == (Decimal(3), {"interest": 2, "self_harm": 1})


def test_a_panel_whose_items_are_observations_of_their_own_counts_as_one_measure() -> None:
    answer = {"coding": [{"system": "http://loinc.org", "code": "LA6570-1"}]}
    panel = observation(
        "o0", code="44249-1", score=None, hasMember=[{"reference": f"Observation/o{n}"} for n in (1, 2, 9)]
    )
    item = observation("o2", code="44250-9", score=None, valueCodeableConcept=answer)
    results = mapped(panel, observation("o1"), item)
    assert [type(result.result) for result in results] == [MeasureDraft]
    assert (results[0].weight, results[0].result.answers) == (3, {"interest": 2})  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (observation(code="8302-2"), "not a measure"),
        (observation(code="44250-9"), "one answer"),
        (observation(code="44249-1", score=None), "without a total"),
        (observation(score=None), "score is missing"),
        (observation(score=28), "outside what PHQ-9 can give"),
        (observation(score=-1), "outside"),
        (observation(status="preliminary"), "not final"),
        (observation(status="entered-in-error"), "withdrawn"),
        (observation(effectiveDateTime=None), "no date"),
    ],
)
def test_observations_we_cannot_take(given: Resource, why: str) -> None:
    assert why in reason(given)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        (patient(birthDate=19900228), "Patient.birthDate is not text"),
        (patient(birthDate="28/02/1990"), "Patient.birthDate is not a FHIR date"),
        (patient(birthDate="1990-02-30"), "Patient.birthDate is a day that no calendar has"),
        (patient(name={"family": "X"}), "Patient.name is not a list"),
        (patient(name=["X"]), "Patient.name[0] is not an object"),
        (patient(name=[{"given": [7]}]), "Patient.name[0].given[0] is not text"),
        (patient(name=[{"family": "A\u0000B"}]), "Patient.name[0].family holds a control character"),
        (patient(name=[{"family": "A\ud800"}]), "Patient.name[0].family holds a control character"),
        (patient(active="yes"), "Patient.active is neither true nor false"),
        (patient(id=7), "Patient.id is not text"),
        (observation(score="high"), "Observation.valueQuantity.value is not a number"),
        (observation(score=True), "Observation.valueQuantity.value is not a number"),
        (observation(score=1e300), "out of any range"),
        (observation(effectiveDateTime="2024-03-01T15:05:00"), "not a FHIR dateTime with a time zone"),
        (observation(effectiveDateTime="0001-01-01T00:00:00+14:00"), "outside the calendar"),
        (condition(subject=["Patient/p1"]), "Condition.subject is not an object"),
    ],
)
def test_what_breaks_fhir_breaks_the_file(given: Resource, path: str) -> None:
    with pytest.raises(BrokenFile) as caught:
        mapped(patient("ok"), given)
    assert str(caught.value).startswith("test, entry 2: is not valid FHIR R4: ")
    assert path in str(caught.value)


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        ({"reference": "Patient/p1"}, Key("fhir:id", "Patient", "p1")),
        ({"reference": "Patient/p1/_history/3"}, Key("fhir:id", "Patient", "p1")),
        ({"reference": "urn:uuid:abc"}, Key("fhir:id", "Patient", "abc")),
        (
            {"reference": "https://ehr.example/fhir/Patient/4"},
            Key("https://ehr.example/fhir", "Patient", "4"),
        ),
        ({"reference": "Patient?identifier=http://x|5"}, Key("identifier:http://x", "Patient", "5")),
        ({"identifier": {"system": "http://x", "value": "5"}}, Key("identifier:http://x", "Patient", "5")),
        ({"reference": "#me"}, Key("identifier:http://x", "Patient", "6")),
    ],
)
def test_references(reference: Resource, key: Key) -> None:
    inside = [{"resourceType": "Patient", "id": "me", "identifier": [{"system": "http://x", "value": "6"}]}]
    assert draft(condition(subject=reference, contained=inside), DiagnosisDraft).client.key == key


def test_a_bundles_own_names_come_first() -> None:
    """The id inside the resource counts; the server's address is part of the name."""
    entries = (
        reading.Entry(patient("real"), Place("t"), "urn:uuid:temporary"),
        reading.Entry(condition(subject="urn:uuid:temporary"), Place("t")),
        reading.Entry(condition("c2", subject="Patient/9"), Place("t"), "http://ehr/fhir/Condition/c2"),
    )
    results = list(map_unit(reading.Unit(entries), NOW))
    assert results[1].result.client.key == Key("fhir:id", "Patient", "real")  # type: ignore[union-attr]
    assert results[2].key == Key("http://ehr/fhir", "Condition", "c2")
    assert results[2].result.client.key == Key("http://ehr/fhir", "Patient", "9")  # type: ignore[union-attr]


def test_a_resource_without_id_is_known_by_its_content() -> None:
    first, same, other = mapped(patient(id=None), patient(id=None), patient(id=None, gender="male"))
    assert first.key == same.key != other.key
    assert first.digest() == same.digest()


def test_version_and_narrative_do_not_make_a_change() -> None:
    plain, stamped = mapped(patient(), patient(meta={"versionId": "2"}, text={"div": "<div/>"}))
    assert plain.digest() == stamped.digest()


@needs_shared
def test_us_core_examples_map_without_a_crash() -> None:
    for source in reading.find([SHARED / "fhir-us-core"]).sources:
        for item in reading.read(source):
            assert len(list(map_unit(item, NOW))) == len(item.entries)
