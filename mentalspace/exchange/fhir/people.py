"""Patient → client, Practitioner → staff."""

from mentalspace.exchange.fhir.declining import Declined
from mentalspace.exchange.fhir.drafts import ClientDraft, StaffDraft
from mentalspace.exchange.fhir.references import Reference, identifier_keys
from mentalspace.exchange.fhir.values import US_CORE, Node

NPI = "http://hl7.org/fhir/sid/us-npi"
PRONOUNS = "http://hl7.org/fhir/StructureDefinition/individual-pronouns"
GENDERS = {"male": "Male", "female": "Female", "other": "Other", "unknown": ""}
BIRTH_SEXES = {"M": "Male", "F": "Female", "OTH": "Other", "248153007": "Male", "248152002": "Female"}
MARITAL = {
    "A": "Annulled",
    "C": "Common law",
    "D": "Divorced",
    "I": "Interlocutory",
    "L": "Legally separated",
    "M": "Married",
    "P": "Polygamous",
    "S": "Never married",
    "T": "Domestic partner",
    "U": "Unmarried",
    "W": "Widowed",
}
LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "pt": "Portuguese",
    "ru": "Russian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
OFFICIAL_FIRST = ("official", "usual", None, "temp", "maiden", "old", "anonymous", "nickname")


def client_draft(patient: Node) -> ClientDraft:
    """Raises Declined when there is no name or no whole birth date: we could not tell the person apart."""
    names = patient.children("name")
    legal = _legal(names)
    if legal is None:
        raise Declined("the patient has no name")
    born = patient.date("birthDate")
    if born is None or not born.is_exact:
        raise Declined("the patient has no full date of birth")
    died = patient.date("deceasedDateTime")
    if died is not None and died.value < born.value:
        raise Declined("the patient died before being born")
    given = legal.texts("given")
    first = given[0] if given else ""
    return ClientDraft(
        mrn=_mrn(patient),
        first_name=first,
        middle_name=" ".join(given[1:]),
        last_name=legal.text("family") or "",
        suffix=" ".join(legal.texts("suffix")),
        chosen_name=_chosen(names, first),
        previous_names=_previous(names),
        pronouns=_pronouns(patient),
        born_on=born.value,
        gender=_gender(patient),
        birth_sex=_birth_sex(patient),
        race=_omb(patient, "us-core-race"),
        ethnicity=_omb(patient, "us-core-ethnicity"),
        marital_status=_marital(patient),
        language=_language(patient),
        phone=_contact(patient, "phone", "sms"),
        email=_contact(patient, "email"),
        **_address(patient),
        is_active=patient.boolean("active") is not False,
        is_deceased=died is not None or patient.boolean("deceasedBoolean") is True,
        died_on=died.value if died is not None and died.is_exact else None,
        identifiers=tuple(identifier_keys(patient, "Patient")),
    )


def staff_draft(practitioner: Node) -> StaffDraft:
    """Raises Declined when there is no name."""
    name = _legal(practitioner.children("name"))
    if name is None:
        raise Declined("the practitioner has no name")
    numbered = [node for node in practitioner.children("identifier") if node.text("system") == NPI]
    return StaffDraft(
        first_name=" ".join(name.texts("given")[:1]),
        last_name=name.text("family") or "",
        prefix=" ".join(name.texts("prefix")),
        credentials=_credentials(practitioner, name),
        npi=next((number for node in numbered if is_npi(number := node.text("value") or "")), ""),
        phone=_contact(practitioner, "phone"),
        email=_contact(practitioner, "email"),
        is_active=practitioner.boolean("active") is not False,
        identifiers=tuple(identifier_keys(practitioner, "Practitioner")),
    )


def staff_from_reference(reference: Reference) -> StaffDraft | None:
    """Somebody of whom a file tells only an identifier and a name, as Synthea does; None without either."""
    words = reference.display.split()
    if reference.key is None or not reference.key.system.endswith(NPI) or not words:
        return None
    prefix = words.pop(0) if words[0].endswith(".") and len(words) > 1 else ""
    number = reference.key.value
    return StaffDraft(
        first_name=" ".join(words[:-1]),
        last_name=words[-1],
        prefix=prefix,
        credentials="",
        npi=number if is_npi(number) else "",
        phone="",
        email="",
        is_active=True,
        identifiers=(reference.key,),
    )


def is_npi(number: str) -> bool:
    """Ten digits whose Luhn sum, with the prefix 80840, ends in 0 (CMS, NPI check digit)."""
    if len(number) != 10 or not (number.isascii() and number.isdigit()):
        return False
    total = 0
    for at, digit in enumerate(reversed("80840" + number)):
        doubled = int(digit) * (2 if at % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _legal(names: list[Node]) -> Node | None:
    """The name to know the person by: the official one, else the nearest that is not over."""
    usable = [name for name in names if name.text("family") or name.texts("given")]
    uses = {use: rank for rank, use in enumerate(OFFICIAL_FIRST)}

    def order(name: Node) -> tuple[bool, int]:
        period = name.child("period")
        return (period is not None and period.has("end"), uses.get(name.text("use"), len(uses)))

    return min(usable, key=order, default=None)


def _chosen(names: list[Node], first: str) -> str:
    """A nickname or usual given name that differs from the legal one."""
    for use in ("nickname", "usual"):
        for name in names:
            given = name.texts("given")
            if name.text("use") == use and given and given[0] != first:
                return given[0]
    return ""


def _previous(names: list[Node]) -> str:
    former = [name for name in names if name.text("use") in ("maiden", "old")]
    parts = [" ".join((*name.texts("given"), name.text("family") or "")).strip() for name in former]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _mrn(patient: Node) -> str | None:
    for identifier in patient.children("identifier"):
        kind = identifier.concept("type")
        value = identifier.text("value")
        if value and kind is not None and any(coding.code == "MR" for coding in kind.codings):
            return value
    return None


def _gender(patient: Node) -> str:
    """Gender identity when the source says it, else the administrative gender."""
    if (extension := patient.extension(US_CORE + "us-core-genderIdentity")) is not None:
        concept = extension.concept("valueCodeableConcept")
        if concept is not None and concept.label:
            return concept.label
    code = patient.text("gender")
    return GENDERS.get(code, code) if code else ""


def _birth_sex(patient: Node) -> str:
    for name in ("us-core-birthsex", "us-core-sex"):
        if (extension := patient.extension(US_CORE + name)) is not None:
            coding = extension.child("valueCoding")
            code = extension.text("valueCode") or (coding.text("code") if coding else None)
            return BIRTH_SEXES.get(code or "", "Unknown")
    return ""


def _omb(patient: Node, name: str) -> str:
    """The categories of the Office of Management and Budget, else the text beside them."""
    extension = patient.extension(US_CORE + name)
    if extension is None:
        return ""
    codings = [node.child("valueCoding") for node in extension.extensions("ombCategory")]
    labels = [label[:1].upper() + label[1:] for node in codings if node and (label := node.text("display"))]
    text = extension.extension("text")
    return ", ".join(labels) or (text.text("valueString") or "" if text else "")


def _pronouns(patient: Node) -> str:
    extension = patient.extension(PRONOUNS)
    value = extension.extension("value") if extension else None
    concept = value.concept("valueCodeableConcept") if value else None
    return concept.label if concept else ""


def _marital(patient: Node) -> str:
    concept = patient.concept("maritalStatus")
    if concept is None:
        return ""
    known = (MARITAL[coding.code] for coding in concept.codings if coding.code in MARITAL)
    return next(known, concept.label)


def _language(patient: Node) -> str:
    """The preferred language, else the first."""
    spoken = patient.children("communication")
    spoken.sort(key=lambda node: node.boolean("preferred") is not True)
    concept = spoken[0].concept("language") if spoken else None
    if concept is None:
        return ""
    tags = (coding.code.partition("-")[0].lower() for coding in concept.codings)
    return next((LANGUAGES[tag] for tag in tags if tag in LANGUAGES), concept.label)


def _contact(person: Node, *systems: str) -> str:
    """The number or address to use: the first by rank, not one marked old, a mobile number before others."""
    found = [node for node in person.children("telecom") if node.text("system") in systems]
    found = [node for node in found if node.text("value") and node.text("use") != "old"]
    found.sort(key=lambda node: (node.number("rank") or 99, node.text("use") != "mobile"))
    return (found[0].text("value") or "").removeprefix("tel:") if found else ""


def _address(patient: Node) -> dict[str, str]:
    homes = [node for node in patient.children("address") if node.text("use") != "old"]
    homes.sort(key=lambda node: node.text("use") != "home")
    if not homes:
        return dict.fromkeys(("street1", "street2", "city", "state", "zip_code"), "")
    home = homes[0]
    lines = home.texts("line")
    return {
        "street1": lines[0] if lines else "",
        "street2": ", ".join(lines[1:]),
        "city": home.text("city") or "",
        "state": home.text("state") or "",
        "zip_code": home.text("postalCode") or "",
    }


def _credentials(practitioner: Node, name: Node) -> str:
    """What stands behind the name: its suffixes, else the qualifications."""
    suffixes = name.texts("suffix")
    concepts = [node.concept("code") for node in practitioner.children("qualification")]
    codes = [concept.codings[0].code for concept in concepts if concept and concept.codings]
    return ", ".join(suffixes or tuple(code for code in codes if code))
