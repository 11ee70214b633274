"""Which day it is: there are two, and near midnight they differ."""

from datetime import date

from mentalspace.core import clock
from mentalspace.people.middleware import StaffRequest


def today_of(request: StaffRequest) -> date:
    """The practice's own day: ages, licenses and days of service go by the calendar on its wall."""
    return request.me.practice.day_at(clock.now())


def access_day() -> date:
    """The day in UTC. What gives and takes access in the database compares dates with its own `current_date`; by the
    practice's day, somebody could come in or stay for hours too long or too short."""
    return clock.now().date()
