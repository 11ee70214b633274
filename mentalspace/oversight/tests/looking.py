"""Looking into the trail, over HTTP and at the table."""

from urllib.parse import urlencode

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from tests.cast import actor


def find(browser, path="/audit", **chosen):
    return browser.read(f"{path}?{urlencode(chosen)}")


def lines(name="ada", **chosen):
    with acting_as(actor(name)):
        return list(AuditLog.objects.filter(**chosen).order_by("created_at", "id"))
