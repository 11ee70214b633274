"""Founding a practice, adding its people, and the first administrator's set-up link."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import available_timezones

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from mentalspace.access.actor import IDENTITY, Actor, acting_as, identity_of
from mentalspace.access.audiences import ADMINISTRATOR, SYSTEM, audience_for
from mentalspace.access.catalog import owner_rights
from mentalspace.audit.trail import Trail, following, record
from mentalspace.core.errors import BadInput, Refusal
from mentalspace.people.models import PASSWORD_FIELDS, Profile, User, UserRole
from mentalspace.practices.models import Practice

SALT = "mentalspace.setup"
LINK_LIVES = timedelta(days=7)
NOT_SET_UP = "@set-up.invalid"
IN_USE = {"email": ["This address is in use already."]}


class SetUpLinkSpent(Refusal):
    code, status = "set_up_link_spent", 409
    message = "This set-up link has been used or has expired. Start the product again to get a new one."


def found_practice(*, name: str, slug: str, practice_id: UUID | None = None, **details: Any) -> Practice:
    """A new practice with its system profile. Only the owner of the schema may: no request can make a tenant."""
    with owner_rights(), transaction.atomic(using="owner"):
        practice = Practice(id=practice_id or uuid4(), name=name, slug=slug, **details)
        practice.save(using="owner", force_insert=True)
        Profile(
            id=practice.id,
            practice=practice,
            first_name="MentalSpace",
            last_name="(system)",
            audience=SYSTEM,
            is_system=True,
            is_active=False,
        ).save(using="owner", force_insert=True)
    return practice


def add_person(
    *,
    practice: UUID,
    email: str,
    password: str | None,
    roles: list[str],
    person_id: UUID | None = None,
    is_verified: bool = True,
    **profile: Any,
) -> Profile:
    """An account and its profile, with hats. `password` None leaves the account without one.

    Runs as identity for the credentials and as the practice's administration for the profile.
    """
    account = User(id=person_id or uuid4(), email=email.strip().lower())
    account.set_password(password)
    with acting_as(IDENTITY), transaction.atomic():
        account.save(force_insert=True)
        EmailAddress.objects.create(user=account, email=account.email, verified=is_verified, primary=True)
    administration = Actor(practice, practice, ADMINISTRATOR)
    with acting_as(administration), following(Trail(name="The system")), transaction.atomic():
        return _profile_of(account, practice, roles, profile)


def _profile_of(account: User, practice: UUID, roles: list[str], values: dict[str, Any]) -> Profile:
    names: dict[str, Any] = {"id": account.id, "practice_id": practice, "user_id": account.id, "email": account.email}
    person = Profile(**names, audience=audience_for(roles), **values)
    person.save(force_insert=True)
    UserRole.objects.bulk_create(UserRole(practice_id=practice, person=person, role=role) for role in roles)
    record(
        "person.added",
        "{actor} added a member of the practice",
        resource_type="profile",
        resource=person.pk,
        severity="warning",
    )
    return person


def first_administrator_link() -> str | None:
    """The link to set up an empty installation, founding its practice if there is none; None once it is set up."""
    with acting_as(IDENTITY), transaction.atomic():
        waiting = User.objects.filter(email__endswith=NOT_SET_UP).first()
        is_empty = not Practice.objects.exists()
    if is_empty:
        practice = found_practice(name="New practice", slug="practice")
        add_person(
            practice=practice.id,
            email=f"{practice.id}{NOT_SET_UP}",
            password=None,
            roles=["administrator"],
            first_name="First",
            last_name="Administrator",
        )
        return first_administrator_link()
    return f"{settings.PUBLIC_URL}/setup/{signing.dumps(str(waiting.pk), salt=SALT)}" if waiting else None


def check_account(*, token: str, email: str, password: str, about: Iterable[str] = ()) -> Actor:
    """Whether `claim_account` would work: raises what it would. Changes nothing; returns who may name the practice.

    The password may not be made of what the form says `about` the person and the practice either.
    """
    account_id = _account_of(token)
    with acting_as(IDENTITY):
        if User.objects.filter(email__iexact=email.strip()).exclude(pk=account_id).exists():
            raise BadInput(fields=IN_USE)
    with acting_as(identity_of(account_id)):
        account = _waiting(account_id)
        account.email = email.strip().lower()
        account.words_about = [*about]
        check_password(account, password)
        person = Profile.objects.get(pk=account_id)
    return Actor(person.practice_id, person.pk, ADMINISTRATOR)


def claim_account(*, token: str, email: str, password: str) -> None:
    """Give the waiting account its address and password, which spends the link."""
    account_id = _account_of(token)
    with acting_as(identity_of(account_id)):
        account = _waiting(account_id)
        account.email = email.strip().lower()
        check_password(account, password)
        account.set_password(password)
        try:
            with transaction.atomic():
                account.save(update_fields=["email", *PASSWORD_FIELDS])
        except IntegrityError:
            raise BadInput(fields=IN_USE) from None
        EmailAddress.objects.filter(user=account).update(email=account.email)


def name_practice(
    administrator: Actor, *, practice_name: str, timezone: str, first_name: str, last_name: str, email: str
) -> None:
    """Name the practice and its first administrator, as that administrator, in a transaction of their own."""
    with acting_as(administrator), transaction.atomic():
        person = Profile.objects.for_change(administrator.person)
        person.write(first_name=first_name.strip(), last_name=last_name.strip(), email=email.strip().lower())
        changed = Practice.objects.filter(pk=person.practice_id).update(name=practice_name.strip(), timezone=timezone)
        if not changed:
            raise SetUpLinkSpent
        record("practice.set_up", "{actor} set the practice up", resource_type="practice", severity="critical")


def _account_of(token: str) -> UUID:
    try:
        return UUID(signing.loads(token, salt=SALT, max_age=LINK_LIVES))
    except (signing.BadSignature, ValueError):
        raise SetUpLinkSpent from None


def check_form(practice_name: str, timezone: str, first_name: str, last_name: str, email: str) -> None:
    fields = {
        name: ["Please fill this in."]
        for name, value in {
            "practice_name": practice_name,
            "first_name": first_name,
            "last_name": last_name,
        }.items()
        if not value.strip()
    }
    if timezone not in available_timezones():
        fields["timezone"] = ["This is not a time zone."]
    try:
        validate_email(email.strip())
    except ValidationError:
        fields["email"] = ["This is not an e-mail address."]
    if fields:
        raise BadInput(fields=fields)


def _waiting(account_id: UUID) -> User:
    """The account that waits for its owner, locked. Raises SetUpLinkSpent when it has found one."""
    account = User.objects.select_for_update().filter(pk=account_id, email__endswith=NOT_SET_UP).first()
    if account is None:
        raise SetUpLinkSpent
    return account


def check_password(account: User, password: str) -> None:
    """Raises BadInput that names what is wrong with a password chosen for this account."""
    try:
        validate_password(password, account)
    except ValidationError as refusal:
        raise BadInput(fields={"password": list(refusal.messages)}) from None
