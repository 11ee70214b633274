"""Clients, who may see them, and what every page about them shows first."""

import uuid
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower

from mentalspace.access.audiences import (
    ADMINISTRATOR,
    ASSOCIATE,
    CLIENT,
    CLINICIAN,
    FRONT_DESK,
    HATS,
    IMPORT,
    KEEPER,
    SUPERVISOR,
    SYSTEM,
)
from mentalspace.access.policy import NO_ROW, allow, allow_each, fence, is_me, practice_key, same_practice
from mentalspace.clients.authority import ClientGuardian as ClientGuardian
from mentalspace.clients.authority import ClientPortalAccess as ClientPortalAccess
from mentalspace.clients.break_glass.models import BreakGlassAccess as BreakGlassAccess
from mentalspace.clients.policies import (
    guardian_of,
    has_emergency_access,
    is_self,
    may_see_client,
    treats,
    treats_personally,
)
from mentalspace.core import clock
from mentalspace.core.models import Record, RecordQuerySet, Versioned
from mentalspace.people.models import Profile

SEES_ALL = (ADMINISTRATOR, FRONT_DESK)
"""Hats that work for the whole practice and may see every client. Billing joins them once there are charges."""

TREATING = (SUPERVISOR, CLINICIAN, ASSOCIATE)
"""Hats that see the clients they treat, or whose clinician they supervise."""


class Status(models.TextChoices):
    ACTIVE = "Active"
    INACTIVE = "Inactive"
    DISCHARGED = "Discharged"
    DECEASED = "Deceased"


class WithoutAccents(models.Func):
    """Zoë is found by "zoe": letters without the marks that Unicode can take off them (U+0300 to U+036F)."""

    template = r"regexp_replace(normalize(%(expressions)s, NFKD), '[\u0300-\u036F]', '', 'g')"
    output_field = models.TextField()


class Client(Versioned):
    """A person in care. The chosen name comes first everywhere but on claims."""

    medical_record_number = models.CharField(max_length=40)
    first_name = models.CharField(max_length=100)
    middle_name = models.CharField(max_length=100, blank=True, default="")
    last_name = models.CharField(max_length=100)
    suffix = models.CharField(max_length=20, blank=True, default="")
    preferred_name = models.CharField(max_length=100, blank=True, default="")
    previous_names = models.CharField(max_length=200, blank=True, default="")
    pronouns = models.CharField(max_length=40, blank=True, default="")
    date_of_birth = models.DateField()
    gender = models.CharField(max_length=40, blank=True, default="")
    sex_assigned_at_birth = models.CharField(max_length=20, blank=True, default="")
    race = models.CharField(max_length=100, blank=True, default="")
    ethnicity = models.CharField(max_length=60, blank=True, default="")
    marital_status = models.CharField(max_length=40, blank=True, default="")
    primary_language = models.CharField(max_length=60, blank=True, default="English")
    primary_phone = models.CharField(max_length=30, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    preferred_contact_method = models.CharField(max_length=20, blank=True, default="Phone")
    okay_to_leave_message = models.BooleanField(default=False)
    street1 = models.CharField(max_length=200, blank=True, default="")
    street2 = models.CharField(max_length=200, blank=True, default="")
    city = models.CharField(max_length=100, blank=True, default="")
    state = models.CharField(max_length=40, blank=True, default="")
    zip_code = models.CharField(max_length=20, blank=True, default="")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.ACTIVE)
    deceased_date = models.DateField(null=True, blank=True)
    primary_therapist = models.ForeignKey(Profile, models.PROTECT, null=True, blank=True, related_name="+")
    default_location = models.ForeignKey("practices.Location", models.PROTECT, null=True, blank=True, related_name="+")
    search_text = models.GeneratedField(  # one text to search, made by the database so that it cannot go stale
        expression=Lower(
            WithoutAccents(
                models.functions.Concat(
                    models.F("first_name"),
                    models.Value(" "),
                    models.F("preferred_name"),
                    models.Value(" "),
                    models.F("last_name"),
                    models.Value(" "),
                    models.F("medical_record_number"),
                    models.Value(" "),
                    models.F("email"),
                    output_field=models.TextField(),
                )
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects: ClassVar[RecordQuerySet["Client"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "clients"
        indexes = [
            models.Index(fields=["practice", "last_name", "first_name", "id"], name="clients_by_name"),
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="clients_search"),
        ]
        constraints = [
            practice_key(),
            same_practice("primary_therapist"),
            same_practice("default_location"),
            models.UniqueConstraint(fields=["practice", "medical_record_number"], name="mrn_once_in_practice"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="client_status"),
            models.CheckConstraint(
                condition=models.Q(deceased_date__isnull=True) | models.Q(deceased_date__gte=models.F("date_of_birth")),
                name="client_died_after_birth",
            ),
            fence(),
            *allow_each(SEES_ALL, "read"),
            *allow_each(TREATING, "read", treats("id") | has_emergency_access("id")),
            *allow_each((ADMINISTRATOR, FRONT_DESK), "add change"),
            allow(CLINICIAN, "change", treats_personally("id")),
            allow(CLIENT, "read", is_self("id") | guardian_of("view_record", "id")),
            allow(IMPORT, "read add"),
            allow(SYSTEM, "read"),
            allow(KEEPER, "read"),
        ]

    @property
    def client_id(self) -> uuid.UUID:
        """Who an event about this row is about."""
        return self.id

    @property
    def chosen_name(self) -> str:
        """What the person is called: the preferred first name when there is one."""
        return f"{self.preferred_name or self.first_name} {self.last_name}".strip()


class StatusChange(Record):
    """Why a client's care paused, ended or began again, for good: the client's row only says how it stands."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="status_changes")
    status = models.CharField(max_length=20, choices=Status.choices)
    reason = models.CharField(max_length=300)
    effective_date = models.DateField()
    changed_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")

    class Meta:
        db_table = "client_status_changes"
        constraints = [
            same_practice("client"),
            same_practice("changed_by"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="status_change_status"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="status_changes_for_a_reason"),
            fence(),
            *allow_each(SEES_ALL, "read"),
            *allow_each(TREATING, "read", treats() | has_emergency_access()),
            allow(ADMINISTRATOR, "add", is_me("changed_by")),
            allow(SYSTEM, "read"),
        ]


class EmergencyContact(Record):
    client = models.ForeignKey(Client, models.PROTECT, related_name="emergency_contacts")
    name = models.CharField(max_length=150)
    relationship = models.CharField(max_length=60, blank=True, default="")
    phone = models.CharField(max_length=30)
    is_guardian = models.BooleanField(default=False)

    class Meta:
        db_table = "emergency_contacts"
        constraints = [
            same_practice("client"),
            fence(),
            *allow_each((ADMINISTRATOR, FRONT_DESK), "read add change remove"),
            *allow_each(TREATING, "read", treats() | has_emergency_access()),
            allow(CLINICIAN, "add change remove", treats_personally()),
            allow(SYSTEM, "read"),
        ]


class CareTeamMember(Record):
    """Somebody who treats the client. `end_date` is the first day they no longer do. Access follows by trigger."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="care_team")
    person = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, default="Therapist")
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "care_team"
        constraints = [
            same_practice("client"),
            same_practice("person"),
            models.UniqueConstraint(
                fields=["client", "person"],
                condition=models.Q(end_date__isnull=True),
                name="in_care_team_once",
            ),
            fence(),
            *allow_each(SEES_ALL, "read"),
            *allow_each(TREATING, "read", treats() | has_emergency_access()),
            *allow_each((ADMINISTRATOR, FRONT_DESK), "add change"),
            allow(SUPERVISOR, "add change", treats()),
            allow(IMPORT, "read add"),
            allow(SYSTEM, "read"),
            allow(KEEPER, "read"),
        ]


class ClientAccess(models.Model):
    """Who may see which client, and why: kept up by triggers, read by `treats`. Nobody writes it.

    `through` is `care_team` for whoever treats the client themselves, even if they also supervise somebody who does.
    """

    pk = models.CompositePrimaryKey("staff_id", "client_id")
    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="+", db_index=False)
    staff = models.ForeignKey(Profile, models.CASCADE, related_name="+", db_index=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    through = models.CharField(max_length=12, default="supervision")

    class Meta:
        db_table = "client_access"
        constraints = [
            same_practice("staff"),
            same_practice("client"),
            models.CheckConstraint(
                condition=models.Q(through__in=["care_team", "supervision"]), name="client_access_through"
            ),
            fence(),
            *allow_each(TREATING, "read", is_me("staff")),
            allow(ADMINISTRATOR, "read"),
            allow(SYSTEM, "read"),
            allow(KEEPER, "read add remove"),
        ]


class ClientAlert(Record):
    """Something everybody who opens the chart must see: risk, allergy, court order."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=20, default="note")
    text = models.CharField(max_length=200)
    created_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "client_alerts"
        constraints = [
            same_practice("client"),
            same_practice("created_by"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["risk", "allergy", "legal", "access", "note"]), name="alert_kind"
            ),
            fence(),
            *allow_each((ADMINISTRATOR, FRONT_DESK), "read"),
            *allow_each((ADMINISTRATOR, FRONT_DESK), "add", is_me("created_by")),
            *allow_each((ADMINISTRATOR, FRONT_DESK), "change"),
            *allow_each(TREATING, "read", treats() | has_emergency_access()),
            allow(SUPERVISOR, "change", treats()),
            allow(SUPERVISOR, "add", treats() & is_me("created_by")),
            *allow_each((CLINICIAN, ASSOCIATE), "change", treats_personally()),
            *allow_each((CLINICIAN, ASSOCIATE), "add", treats_personally() & is_me("created_by")),
            allow(SYSTEM, "read"),
        ]


class Diagnosis(Record):
    """A condition of the client, with its code as given. Order matters: the principal one has rank 1."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="diagnoses")
    code = models.CharField(max_length=20)
    code_system = models.CharField(max_length=20, default="ICD-10-CM")
    description = models.CharField(max_length=300)
    category = models.CharField(max_length=40, blank=True, default="")
    rank = models.PositiveSmallIntegerField(default=1)
    onset_date = models.DateField(null=True, blank=True)
    resolved_date = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(Profile, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "diagnoses"
        constraints = [
            same_practice("client"),
            same_practice("noted_by"),
            models.CheckConstraint(
                condition=models.Q(code_system__in=["ICD-10-CM", "SNOMED CT"]), name="diagnosis_code_system"
            ),
            models.CheckConstraint(
                condition=models.Q(resolved_date__isnull=True)
                | models.Q(onset_date__isnull=True)
                | models.Q(resolved_date__gte=models.F("onset_date")),
                name="diagnosis_resolved_after_onset",
            ),
            fence(),
            allow(ADMINISTRATOR, "read"),
            allow(FRONT_DESK, "read", NO_ROW),
            *allow_each(TREATING, "read", treats() | has_emergency_access()),
            *allow_each((CLINICIAN, ASSOCIATE), "change", treats_personally()),
            *allow_each((CLINICIAN, ASSOCIATE), "add", treats_personally() & is_me("noted_by")),
            allow(IMPORT, "read add"),
            allow(SYSTEM, "read"),
        ]


class ClientFavorite(Record):
    """A client somebody keeps at hand."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    person = models.ForeignKey(Profile, models.CASCADE, related_name="+")

    class Meta:
        db_table = "client_favorites"
        constraints = [
            same_practice("client"),
            same_practice("person"),
            models.UniqueConstraint(fields=["person", "client"], name="favorite_once"),
            fence(),
            *allow_each(HATS, "read remove", is_me("person")),
            *allow_each(HATS, "add", is_me("person") & may_see_client()),
        ]


class ClientView(Record):
    """When somebody last opened a chart: for "recently viewed", not for audit."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    person = models.ForeignKey(Profile, models.CASCADE, related_name="+")
    viewed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "client_views"
        indexes = [models.Index(fields=["person", "-viewed_at"], name="recently_viewed")]
        constraints = [
            same_practice("client"),
            same_practice("person"),
            models.UniqueConstraint(fields=["person", "client"], name="viewed_once"),
            fence(),
            *allow_each(HATS, "read change", is_me("person"), becomes=is_me("person") & may_see_client()),
            *allow_each(HATS, "add", is_me("person") & may_see_client()),
        ]
