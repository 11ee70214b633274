"""People: credentials (for identity alone), profiles (what others may see), hats, supervision, sign-in events."""

import uuid
from collections.abc import Sequence
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower

from mentalspace.access.audiences import (
    ADMINISTRATOR,
    CLIENT,
    HATS,
    IDENTITY,
    IMPORT,
    KEEPER,
    ROLE_NAMES,
    SYSTEM,
)
from mentalspace.access.policy import (
    ME,
    Where,
    allow,
    allow_each,
    credentials_fence,
    fence,
    identity_fence,
    is_account,
    is_me,
    is_unset,
    practice_key,
    same_practice,
    shared_fence,
    signed_fence,
)
from mentalspace.core import clock
from mentalspace.core.models import Record, RecordQuerySet
from mentalspace.people.policies import of_this_practice

PASSWORD_FIELDS = ("password", "password_changed_at", "must_change_password")
"""What `User.set_password` changes."""


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Credentials only. Its id is also its profile's: the runbook's `user_id` everywhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    password_changed_at = models.DateTimeField(null=True)
    must_change_password = models.BooleanField(default=False)
    invited_at = models.DateTimeField(null=True)

    words_about: Sequence[str] = ()
    """Further words that a password of this account may not be made of; set on an instance before it is checked."""

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        db_table = "users"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            credentials_fence(),
            allow(IDENTITY, "read add change", is_account("id")),
            allow(KEEPER, "read", of_this_practice("{t}.id")),
        ]

    def set_password(self, raw_password: str | None) -> None:
        """Django's, and when it was. A password somebody has just chosen need not be changed."""
        super().set_password(raw_password)
        self.password_changed_at = clock.now() if raw_password is not None else None
        self.must_change_password = False


class ProfileQuerySet(RecordQuerySet["Profile"]):
    def staff(self) -> "ProfileQuerySet":
        """Active people who work here, by name."""
        people = self.filter(is_active=True, is_system=False).exclude(audience=CLIENT)
        return people.prefetch_related("roles").order_by("last_name", "first_name", "id")


class Profile(Record):
    """A person of a practice as others may see them. Some never sign in: imported staff, the practice's system.

    `audience` is the database's to say: a trigger makes it from the person's hats. Without a hat it is empty, and
    nobody can act as that.
    """

    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True)
    email = models.EmailField(blank=True, default="")
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    title = models.CharField(max_length=100, blank=True, default="")
    credentials = models.CharField(max_length=60, blank=True, default="")
    license_number = models.CharField(max_length=40, blank=True, default="")
    license_state = models.CharField(max_length=2, blank=True, default="")
    license_expiration_date = models.DateField(null=True, blank=True)
    npi_number = models.CharField(max_length=10, blank=True, default="")
    phone_number = models.CharField(max_length=30, blank=True, default="")
    calendar_color = models.PositiveSmallIntegerField(default=0)
    audience = models.CharField(max_length=80, blank=True, default="")
    is_active = models.BooleanField(default=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    is_system = models.BooleanField(default=False)

    objects: ClassVar[ProfileQuerySet] = ProfileQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "profiles"
        indexes = [models.Index(fields=["practice", "npi_number"], name="profile_by_npi")]
        constraints = [
            practice_key(),
            models.UniqueConstraint(fields=["practice"], condition=models.Q(is_system=True), name="one_system_profile"),
            shared_fence(),
            *allow_each((*HATS, SYSTEM, KEEPER), "read"),
            allow(IDENTITY, "read", is_account("{t}.id")),
            allow(CLIENT, "read", Where(f"id = {ME}")),
            allow(IMPORT, "read add"),
            allow(ADMINISTRATOR, "add change"),
        ]

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def signature_name(self) -> str:
        """As it stands under a note: name and credentials."""
        return f"{self.full_name}, {self.credentials}" if self.credentials else self.full_name


class UserRole(Record):
    """A hat: what a person is in the practice. `Profile.audience` is derived from all of them."""

    person = models.ForeignKey(Profile, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20)

    class Meta:
        db_table = "user_roles"
        constraints = [
            same_practice("person"),
            models.UniqueConstraint(fields=["person", "role"], name="role_once"),
            models.CheckConstraint(condition=models.Q(role__in=list(ROLE_NAMES)), name="role_is_known"),
            shared_fence(),
            *allow_each((*HATS, SYSTEM), "read"),
            allow(IDENTITY, "read", is_account("person_id")),
            allow(CLIENT, "read", Where(f"person_id = {ME}")),
            allow(ADMINISTRATOR, "add remove"),
        ]


class SupervisionRelationship(Record):
    """A supervisor answers for a supervisee's clients while the relationship lasts."""

    supervisor = models.ForeignKey(Profile, models.PROTECT, related_name="supervises")
    supervisee = models.ForeignKey(Profile, models.PROTECT, related_name="supervised_by")
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "supervision_relationships"
        constraints = [
            same_practice("supervisor"),
            same_practice("supervisee"),
            models.UniqueConstraint(
                fields=["supervisor", "supervisee"],
                condition=models.Q(end_date__isnull=True),
                name="supervision_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(supervisor=models.F("supervisee")), name="nobody_supervises_themselves"
            ),
            fence(),
            *allow_each((*HATS, SYSTEM, KEEPER), "read"),
            allow(ADMINISTRATOR, "add change"),
        ]


class LoginAttempt(models.Model):
    """Event log and lock state in one, as the runbook's two queries on it expect.

    Each try is a row. `attempt_count` is the failures in a row so far; the failure that reaches the limit
    carries `locked_until`. Deleting an account's rows unlocks it. `lane` is where the try came from (`lockout`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user_id = models.UUIDField(null=True)
    email = models.EmailField()
    attempted_at = models.DateTimeField(default=clock.now)
    success = models.BooleanField()
    factor = models.CharField(max_length=20, default="password")
    failure_reason = models.CharField(max_length=40, blank=True, default="")
    attempt_count = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    ip_address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True, default="")
    lane = models.CharField(max_length=10, default="stranger", db_default="stranger")

    class Meta:
        db_table = "login_attempts"
        indexes = [
            models.Index(fields=["email", "-attempted_at"], name="login_attempts_by_email"),
            models.Index(fields=["user_id", "-attempted_at"], name="login_attempts_by_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(factor__in=["password", "totp", "recovery_code"]), name="login_factor"
            ),
            credentials_fence(),
            allow(IDENTITY, "read add", is_account("user_id")),
            allow(IDENTITY, "remove", is_me("user")),
            allow(KEEPER, "read", of_this_practice("user_id")),
        ]


class RateLimit(models.Model):
    """How often something was tried in the window that is open, as the runbook reads it; one row a subject.

    `subject` is an account (`user_id` too), an e-mail address that nobody has, or a network address. Deleting a row
    lifts its limit. Rows are written by `access.take_place` alone, in one statement a try.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user_id = models.UUIDField(null=True, db_index=True)
    operation = models.CharField(max_length=40)
    subject = models.CharField(max_length=300)
    attempt_count = models.PositiveIntegerField(default=1)
    first_attempt = models.DateTimeField(default=clock.now)
    last_attempt = models.DateTimeField(default=clock.now)
    window_expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "rate_limits"
        constraints = [
            models.UniqueConstraint(fields=["operation", "subject"], name="rate_limit_once"),
            signed_fence(),
            allow(IDENTITY, "read change remove", is_account("user_id") | is_unset("user_id")),
            allow(KEEPER, "read add change"),
        ]


class TrustedDevice(models.Model):
    """A browser in which one person need not give a second factor for 30 days.

    `device_fingerprint` is the hash of a random token that only the browser has; no two devices share one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    device_fingerprint = models.CharField(max_length=64)
    device_name = models.CharField(max_length=100, blank=True, default="")
    ip_address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True, default="")
    last_used_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(db_index=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        db_table = "trusted_devices"
        constraints = [
            models.UniqueConstraint(fields=["user", "device_fingerprint"], name="trusted_device_once"),
            identity_fence(),
            allow(IDENTITY, "read add change remove", is_account("user_id")),
        ]


class PasswordHistory(models.Model):
    """The hashes of the passwords an account has had, so that none of the last ten is taken up again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    password_hash = models.CharField(max_length=128)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "password_history"
        constraints = [identity_fence(), allow(IDENTITY, "read add remove", is_account("user_id"))]


class Session(AbstractBaseSession):
    """A signed-in browser. The key is stored hashed, so reading this table signs nobody in.

    `id` names it in lists. `trusted_device_id` is the device that stood for the second factor, if one did: no key,
    because devices are cleared away while sessions last.
    """

    id = models.UUIDField(default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    last_active_at = models.DateTimeField(default=clock.now)
    ip_address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True, default="")
    trusted_device_id = models.UUIDField(null=True)

    class Meta:
        db_table = "sessions"
        constraints = [
            credentials_fence(),
            allow(IDENTITY, "read add change remove", is_account("user_id")),
            allow(KEEPER, "read", of_this_practice("user_id")),
        ]
