"""What scheduling refuses, and how it says so."""

from mentalspace.core.errors import Refusal


class AppointmentChangedElsewhere(Refusal):
    code, status = "appointment_changed_elsewhere", 409
    message = "Not changed: somebody changed this appointment in the meantime. It is shown here as it is now."


class StepNotPossible(Refusal):
    code, status = "step_not_possible", 409


class DoubleBooked(Refusal):
    code, status = "double_booked", 409
