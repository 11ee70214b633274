"""The words of notification rules, as they are stored."""

from django.db import models


class Trigger(models.TextChoices):
    """What a rule may wait for. `causes.CAUSES` has those whose cause exists in the product; only they are offered."""

    NOTE_DUE = "Note Due"
    NOTE_OVERDUE = "Note Overdue"
    NOTE_LOCKED = "Note Locked"
    SUPERVISOR_REVIEW = "Supervisor Review Needed"
    APPOINTMENT = "Appointment Reminder"
    PAYMENT_DUE = "Payment Due"
    LICENSE_EXPIRING = "License Expiring"
    FORM_COMPLETED = "Form Completed"
    MESSAGE_RECEIVED = "Message Received"
    CRITICAL_SCORE = "Critical Assessment Score"
    DOCUMENT_UPLOADED = "Document Uploaded"
    CLIENT_REGISTERED = "Client Registered"
    INSURANCE_EXPIRING = "Insurance Expiring"
    AUTHORIZATION_NEEDED = "Authorization Needed"
    OTHER = "Other"


class Channel(models.TextChoices):
    """How somebody is told. `ALL` is each of the three that reaches them."""

    EMAIL = "Email"
    SMS = "SMS"
    DASHBOARD = "Dashboard Alert"
    ALL = "All"


class Recipient(models.TextChoices):
    USER = "Specific User"
    CLIENT = "Client"
    CLINICIAN = "Clinician"
    SUPERVISOR = "Supervisor"
    ADMINISTRATOR = "Administrator"
    ROLE = "Role"


class Timing(models.TextChoices):
    """`SCHEDULED` is the first time after the event that the practice's clock shows an hour of the day."""

    IMMEDIATE = "Immediate"
    BEFORE = "Before Event"
    AFTER = "After Event"
    SCHEDULED = "Scheduled"


class Unit(models.TextChoices):
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


class Operator(models.TextChoices):
    EQUALS = "equals"
    NOT_EQUALS = "not_equals"
    GREATER = "greater_than"
    LESS = "less_than"
    CONTAINS = "contains"
    NOT_CONTAINS = "not_contains"
    IS_NULL = "is_null"
    IS_NOT_NULL = "is_not_null"
