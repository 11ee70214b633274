"""The demo's clients: invented people with invented numbers (555-01xx) and addresses."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from mentalspace.access.actor import acting_as
from mentalspace.clients.models import (
    CareTeamMember,
    Client,
    ClientAlert,
    ClientFavorite,
    ClientGuardian,
    ClientPortalAccess,
    ClientView,
    Diagnosis,
    EmergencyContact,
)
from mentalspace.core import clock
from mentalspace.ops.demo.cast import ANA, ASH, CLEO, FAY, GUS, MIA, OLGA, OTTO, RIVERBEND, SAM, House, Member, named

CONDITIONS = {
    "anxiety": (("F41.1", "Generalized anxiety"), "GAD-7"),
    "depression": (("F33.1", "Recurrent depression, moderate"), "PHQ-9"),
    "episode": (("F32.1", "Single depressive episode, moderate"), "PHQ-9"),
    "trauma": (("F43.10", "Post-traumatic stress"), "PHQ-9"),
    "adjustment": (("F43.23", "Adjustment with anxiety and low mood"), "GAD-7"),
    "panic": (("F41.0", "Panic"), "GAD-7"),
    "social": (("F40.10", "Social anxiety"), "GAD-7"),
    "ocd": (("F42.2", "Obsessive thoughts and acts"), "GAD-7"),
    "adhd": (("F90.0", "Attention deficit, mostly inattentive"), "GAD-7"),
    "bipolar": (("F31.81", "Bipolar II"), "PHQ-9"),
    "alcohol": (("F10.10", "Alcohol use, mild"), "PHQ-9"),
    "insomnia": (("F51.01", "Primary insomnia"), "PHQ-9"),
}
"""A theme of therapy: its ICD-10-CM code with our own short label, and the measure that follows it."""

NEW = 60
"""In 700: how many clients began only in these weeks."""


@dataclass(frozen=True)
class Person:
    """A client of the demo as these pages tell of them."""

    first: str
    last: str
    age: int
    therapist: Member | None
    theme: str = "anxiety"
    preferred: str = ""
    pronouns: str = ""
    gender: str = ""
    middle: str = ""
    second_theme: str = ""
    status: str = "Active"
    alerts: tuple[tuple[str, str], ...] = ()
    guardian: tuple[str, str] | None = None
    key: str = ""
    id: UUID = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", named(f"client {self.key or f'{self.first} {self.last}'}"))


def _person(row: str, therapist: Member | None) -> Person:
    """From `First Last|age|theme|gender|pronouns|preferred|second theme`; what follows the theme may be absent."""
    name, age, theme, *rest = row.split("|")
    gender, pronouns, preferred, second = (*rest, "", "", "", "")[:4]
    first, _, last = name.partition(" ")
    return Person(first.replace("_", " "), last, int(age), therapist, theme, preferred, pronouns, gender, "", second)


ANAS = (
    Person(
        "Cleo",
        "Marchetti",
        15,
        ANA,
        "social",
        pronouns="she/her",
        gender="Female",
        key="cleo",
        alerts=(("legal", "Consent for treatment signed by her father, who has sole custody"),),
        guardian=("Gus Marchetti", "Father"),
    ),
    Person(
        "Robert",
        "Hale",
        43,
        ANA,
        "depression",
        preferred="Robin",
        pronouns="they/them",
        gender="Nonbinary",
        second_theme="alcohol",
        alerts=(("risk", "Safety plan on file; means counseling done"), ("allergy", "Penicillin")),
    ),
    Person(
        "Maria Magdalena",
        "Featherstonehaugh-Cholmondeley von Hohenstein",
        61,
        ANA,
        "insomnia",
        pronouns="she/her",
        gender="Female",
    ),
    Person("Anne Marie", "Kowalski", 37, ANA, "anxiety", pronouns="she/her", gender="Female"),
    Person("Annemarie", "Kowalski", 29, ANA, "trauma", pronouns="she/her", gender="Female"),
    *(
        _person(row, ANA)
        for row in (
            "Dwayne Carter|52|depression|Male|he/him||insomnia",
            "Priya Raman|34|anxiety|Female|she/her",
            "Luis Ortega|27|panic|Male|he/him",
            "Hannah Whitlock|23|adjustment|Female|she/her",
            "Jamal Everett|31|trauma|Male|he/him||alcohol",
            "Mei-Ling Chou|45|ocd|Female|she/her",
            "Oksana Bondar|39|trauma|Female|she/her",
            "Terrence O'Malley|58|alcohol|Male|he/him|Terry|depression",
            "Zainab Haddad|26|social|Female|she/her",
            "Kai Nakamura|20|depression|Nonbinary|they/them",
            "Beatriz Fonseca|48|anxiety|Female|she/her|Bia",
            "Walter Grzybowski|73|episode|Male|he/him|Walt",
            "Alexandra Petrov|33|bipolar|Female|she/her|Sasha",
            "Noah Feldman|19|adhd|Male|he/him||anxiety",
            "Imani Brooks|41|adjustment|Female|she/her",
            "Giulia Santoro|36|panic|Female|she/her",
            "Marcus Delacroix|29|ocd|Male|he/him",
            "Ingrid Solberg|55|episode|Female|she/her",
            "Tobias Lang|38|anxiety|Male|he/him",
        )
    ),
    Person("Denise", "Underhill", 50, ANA, "adjustment", pronouns="she/her", gender="Female", status="Discharged"),
)
ASHES = (
    Person(
        "Elijah",
        "Prescott",
        12,
        ASH,
        "adhd",
        preferred="Eli",
        pronouns="he/him",
        gender="Male",
        guardian=("Renee Prescott", "Mother"),
    ),
    *(
        _person(row, ASH)
        for row in (
            "Sofia Castellanos|24|anxiety|Female|she/her",
            "Darius Whitaker|35|episode|Male|he/him",
            "Yuki Tanabe|22|social|Female|she/her",
            "Carmen Villalobos|46|adjustment|Female|she/her",
            "Patrick Donnelly|40|alcohol|Male|he/him|Pat",
            "Amara Okonkwo|28|panic|Female|she/her",
            "Vincent Moreau|62|insomnia|Male|he/him",
            "Rosa Delgado|31|trauma|Female|she/her",
            "Ethan Liu|21|adhd|Male|he/him",
            "Brianna Tate|30|depression|Female|she/her|Bri",
            "Quinn Abernathy|26|anxiety|Nonbinary|they/them",
        )
    ),
)
MIAS = tuple(
    _person(row, MIA)
    for row in (
        "Gloria Ferreira|44|adjustment|Female|she/her",
        "Steven Ferreira|46|adjustment|Male|he/him",
        "Leila Hosseini|38|anxiety|Female|she/her",
        "Andre Baptiste|33|depression|Male|he/him",
        "Caroline Ashworth|57|episode|Female|she/her",
        "Diego Marin|25|panic|Male|he/him",
        "Fatima Al-Sayed|42|trauma|Female|she/her",
        "Henrik Voss|64|insomnia|Male|he/him",
        "Julia Stanton|30|ocd|Female|she/her|Jules",
        "Omar Rashid|36|social|Male|he/him",
        "Penelope Archer|49|bipolar|Female|she/her|Penny",
    )
)
SAMS = tuple(
    _person(row, SAM)
    for row in (
        "Theodore Ellison|67|depression|Male|he/him|Ted",
        "Nadia Karimova|35|trauma|Female|she/her",
        "Grace Wentworth|53|anxiety|Female|she/her",
        "Isaac Goldstein|47|ocd|Male|he/him",
        "Monique Laurent|39|bipolar|Female|she/her",
    )
)
WAITING = (
    Person("Felix", "Arroyo", 32, None, "anxiety", pronouns="he/him", gender="Male"),
    Person("Tamara", "Jennings", 17, None, "adjustment", pronouns="she/her", gender="Female",
           guardian=("Louise Jennings", "Grandmother")),
)  # fmt: skip
OTTOS = tuple(
    _person(row, OTTO)
    for row in (
        "Samuel Pickett|45|anxiety|Male|he/him",
        "Lorraine Becker|59|depression|Female|she/her",
        "Tyrell Banks|28|panic|Male|he/him",
        "Joanna Wirth|34|trauma|Female|she/her",
        "Milo Sandoval|22|adhd|Male|he/him",
        "Edith Vance|70|episode|Female|she/her",
        "Cassandra Boyle|40|adjustment|Female|she/her|Cass",
    )
)
HERE = (*ANAS, *ASHES, *MIAS, *SAMS, *WAITING)
NEXT_DOOR = OTTOS

MORE_ALERTS: dict[str, tuple[tuple[str, str], ...]] = {
    "Dwayne Carter": (("access", "Uses a wheelchair: book Birch"),),
    "Oksana Bondar": (("access", "Interpreter: Ukrainian"),),
    "Jamal Everett": (("legal", "Probation: attendance letters each month, release on file"),),
    "Alexandra Petrov": (("risk", "Past attempt; review the safety plan each session"),),
    "Giulia Santoro": (("allergy", "Latex"),),
    "Walter Grzybowski": (("note", "Hard of hearing: speak to his left"),),
    "Rosa Delgado": (("risk", "Do not leave messages at home"),),
}
STREETS = ("Alder", "Canal", "Cedar", "Church", "Elm", "Ferry", "Garden", "Hill", "Lake", "Mill", "Orchard", "Quarry")
RACES = ("White", "Black or African American", "Asian", "Hispanic or Latino", "Two or more", "Prefers not to say")
RELATIONS = ("Partner", "Sister", "Brother", "Mother", "Father", "Friend", "Daughter", "Son")
CONTACTS = ("Alex", "Chris", "Dana", "Jordan", "Lee", "Morgan", "Pat", "Robin", "Sidney", "Taylor")


def admit(rng: Random, today: date) -> None:
    """Register everybody, as the front desk does, and let their therapists add what only they may."""
    for people, front in ((HERE, FAY), (NEXT_DOOR, OLGA)):
        rows = [_client(person, number, rng, today, front.house) for number, person in enumerate(people, 1)]
        with acting_as(front.actor):
            Client.objects.bulk_create(rows)
            CareTeamMember.objects.bulk_create(_teams(people, rows))
            EmergencyContact.objects.bulk_create(_contacts(people, front.house, rng))
            _appoint(people, front, today)
    for therapist in (ANA, ASH, SAM, MIA, OTTO):
        with acting_as(therapist.actor):
            _add_clinical([person for person in (*HERE, *NEXT_DOOR) if person.therapist is therapist], therapist, today)
    with acting_as(ANA.actor):
        _remember([ANAS[index] for index in (1, 0, 6, 9, 3)])


RELATIONSHIPS = {"Grandmother": "custodial_grandparent"}
"""What makes a guardian of somebody's relative; else it is that they are the parent."""


def _appoint(people: tuple[Person, ...], front: Member, today: date) -> None:
    """Guardians of those who are not of age, verified where somebody treats already; and Cleo's portal."""
    for person in people:
        if person.guardian is None:
            continue
        name, relation = person.guardian
        guardian = ClientGuardian(
            practice_id=front.house.id,
            client_id=person.id,
            name=name,
            relationship=RELATIONSHIPS.get(relation, "parent"),
            can_view_record=person.key == CLEO.key,
            can_sign=True,
            start_date=since(person, today) if person.therapist else today,
            court_document="Custody order of the family court, 2021" if person.key == CLEO.key else "",
            created_by_id=front.id,
            person_id=GUS.id if person.key == CLEO.key else None,
        )
        guardian.save(force_insert=True)
        if person.therapist:
            seen = "Driver's license and birth certificate"
            guardian.write(verified_at=clock.now(), verified_by_id=front.id, verified_how=seen)
        if person.key == CLEO.key:
            on = {"enabled": True, "changed_by_id": front.id}
            ClientPortalAccess(practice_id=front.house.id, client_id=person.id, **on).save(force_insert=True)


def since(person: Person, today: date) -> date:
    """The day a client was admitted: the same for a client whenever the demo is made, counted from today."""
    days = person.id.int % 700
    return today - timedelta(days=days + 60 if days > NEW else 10 + days // 3)


def _client(person: Person, number: int, rng: Random, today: date, house: House) -> Client:
    began = since(person, today) if person.therapist else today - timedelta(days=3)
    return Client(
        id=person.id,
        practice_id=house.id,
        created_at=datetime(began.year, began.month, began.day, 15, tzinfo=UTC),
        updated_at=datetime(began.year, began.month, began.day, 15, tzinfo=UTC),
        medical_record_number=f"MS{number:06}",
        first_name=person.first,
        middle_name=person.middle,
        last_name=person.last,
        preferred_name=person.preferred,
        pronouns=person.pronouns,
        gender=person.gender,
        date_of_birth=_born(person.age, rng, today),
        race=rng.choice(RACES),
        marital_status=rng.choice(("Single", "Married", "Divorced", "Partnered")) if person.age > 20 else "Single",
        primary_language="Ukrainian" if person.last == "Bondar" else "English",
        primary_phone=f"{house.phone[:5]} 555-01{number + 5:02}",
        email=f"{person.key or _plain(person)}@example.org",
        preferred_contact_method=rng.choice(("Phone", "Email", "Text")),
        okay_to_leave_message=rng.random() < 0.8,
        street1=f"{rng.randint(2, 480)} {rng.choice(STREETS)} Street",
        city=house.city,
        state=house.state,
        zip_code=house.zip_code,
        status=person.status,
        primary_therapist_id=person.therapist.id if person.therapist else None,
        default_location_id=house.office,
    )


def _born(age: int, rng: Random, today: date) -> date:
    """A date of birth that makes somebody this old today."""
    return date(today.year - age, today.month, 1) - timedelta(days=rng.randint(1, 330))


def _plain(person: Person) -> str:
    name = f"{person.first}.{person.last}".lower()
    return "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in ".-"))


def _teams(people: tuple[Person, ...], rows: list[Client]) -> Iterator[CareTeamMember]:
    for person, row in zip(people, rows, strict=True):
        if person.therapist:
            yield CareTeamMember(
                practice_id=row.practice_id,
                client=row,
                person_id=person.therapist.id,
                role="Therapist",
                start_date=row.created_at.date(),
            )


def _contacts(people: tuple[Person, ...], house: House, rng: Random) -> Iterator[EmergencyContact]:
    for number, person in enumerate(people):
        name, relation = person.guardian or (f"{rng.choice(CONTACTS)} {person.last}", rng.choice(RELATIONS))
        if person.guardian or rng.random() < 0.7:
            yield EmergencyContact(
                practice_id=house.id,
                client_id=person.id,
                name=name,
                relationship=relation,
                phone=f"{house.phone[:5]} 555-01{(number * 7) % 100:02}",
                is_guardian=person.guardian is not None,
            )


def _add_clinical(people: list[Person], therapist: Member, today: date) -> None:
    """Alerts and diagnoses, in the name of the therapist."""
    Diagnosis.objects.bulk_create(
        Diagnosis(
            practice_id=therapist.house.id,
            client_id=person.id,
            code=code,
            description=label,
            rank=rank,
            onset_date=since(person, today),
            noted_by_id=therapist.id,
        )
        for person in people
        for rank, (code, label) in enumerate(diagnoses_of(person), 1)
    )
    ClientAlert.objects.bulk_create(
        ClientAlert(
            practice_id=therapist.house.id, client_id=person.id, kind=kind, text=text, created_by_id=therapist.id
        )
        for person in people
        for kind, text in (*person.alerts, *MORE_ALERTS.get(f"{person.first} {person.last}", ()))
    )


def diagnoses_of(person: Person) -> list[tuple[str, str]]:
    """Codes and labels, the principal one first."""
    return [CONDITIONS[theme][0] for theme in (person.theme, person.second_theme) if theme]


def _remember(people: list[Person]) -> None:
    """What Ana opened last, and her favorites."""
    ClientView.objects.bulk_create(
        ClientView(
            practice_id=RIVERBEND.id,
            client_id=person.id,
            person_id=ANA.id,
            viewed_at=clock.now() - timedelta(minutes=40 * position + 15),
        )
        for position, person in enumerate(people)
    )
    ClientFavorite.objects.bulk_create(
        ClientFavorite(practice_id=RIVERBEND.id, client_id=person.id, person_id=ANA.id) for person in people[:3]
    )
