"""Every URL: the API, sign-in, health, and the staff application for everything else."""

from django.urls import include, path, re_path
from django.views.decorators.csrf import ensure_csrf_cookie

from mentalspace.api import api
from mentalspace.documents.sharing.pages import shared_document, shared_page
from mentalspace.documents.signing.pages import signing_document, signing_page
from mentalspace.documents.signing.pen import pen
from mentalspace.forms.links.files import add_by_link, named_by_link
from mentalspace.forms.links.pages import open_link, save_by_link, submit_by_link
from mentalspace.notify import webhooks
from mentalspace.ops.health import health_check
from mentalspace.ops.metrics.exposing import metrics
from mentalspace.ops.spa import fill_app, robots, staff_app
from mentalspace.scheduling.reminders.functions import send_appointment_reminder
from mentalspace.scheduling.reminders.pages import answer_page

urlpatterns = [
    path("api/", api.urls),
    path("_allauth/browser/v1/", include("mentalspace.people.sign_in")),
    path("functions/v1/health-check", health_check),
    path("functions/v1/resend-webhook/<uuid:practice>", webhooks.resend),
    path("functions/v1/twilio-status/<uuid:practice>", webhooks.twilio_status),
    path("functions/v1/twilio-inbound/<uuid:practice>", webhooks.twilio_inbound),
    path("functions/v1/send-appointment-reminder", send_appointment_reminder),
    path("r/<str:token>", answer_page),
    path("s/pen.js", pen),
    path("s/<str:token>", signing_page),
    path("s/<str:token>/document", signing_document),
    path("d/<str:token>", shared_page),
    path("d/<str:token>/document", shared_document),
    path("f/<str:token>", ensure_csrf_cookie(fill_app)),
    path("f/<str:token>/opening", open_link),
    path("f/<str:token>/answers", save_by_link),
    path("f/<str:token>/submission", submit_by_link),
    path("f/<str:token>/files", add_by_link),
    path("f/<str:token>/files/named", named_by_link),
    path("metrics", metrics),
    path("robots.txt", robots),
    re_path(r"^(?!api/|r/|f/|s/|d/|metrics$|_allauth/|functions/|assets/|static/).*$", ensure_csrf_cookie(staff_app)),
]

handler400 = "mentalspace.core.answers.bad_request"
handler403 = "mentalspace.core.answers.forbidden"
handler404 = "mentalspace.core.answers.not_found"
handler500 = "mentalspace.core.answers.failed"
