"""How mails look, over HTTP: what is set and refused, seen before it is sent, and what of it is in a mail."""

import re
from io import BytesIO

import pytest
from django.core.mail import EmailMultiAlternatives
from PIL import Image

from mentalspace.access.actor import acting_as
from mentalspace.notify.models import MailLogo, MailSettings
from mentalspace.storage.tests.files import picture, upload
from tests.cast import ID, actor
from tests.http import refused
from tests.mail import delivered

pytestmark = pytest.mark.django_db

EMPTY = {"sender_name": "", "reply_to": "", "footer": "", "accent_color": "", "logo": None, "version": 0}
LOOK = {"accent_color": "#2f5d8a", "footer": "Elm Street"}


def save(http, who="ada", version=0, **more):
    return http(who).call("put", "/mail-settings", LOOK | {"version": version} | more)


def add(http, who="ada", content=None, name="logo.png"):
    return upload(http(who), "/mail-settings/logos", content or picture("PNG", (900, 300)), name)


def preview(http, who="ada", **look):
    return http(who).call("post", "/mail-settings/previews", LOOK | look)


def test_it_is_one_row_and_two_tabs_do_not_overwrite_each_other(http):
    first = http("ada").read("/mail-settings")
    assert first == EMPTY | {"standard_color": "#005c5c", "updated_at": None}
    saved = save(http, sender_name=" Here ", reply_to="office@here.example", accent_color=" #2F5D8A ")
    assert saved.status_code == 200
    assert (saved.json()["sender_name"], saved.json()["version"]) == ("Here", 1)
    assert saved.json()["accent_color"] == "#2f5d8a"
    assert refused(save(http), 409, "mail_settings_changed_elsewhere")
    assert refused(save(http, version=2), 409, "mail_settings_changed_elsewhere")
    assert save(http, version=1, footer="").json()["footer"] == ""
    assert http("olga").read("/mail-settings")["version"] == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reply_to": "nobody"}, None),
        ({"sender_name": "A\r\nBcc: x"}, None),
        ({"footer": "x" * 501}, None),
        ({"accent_color": "red"}, "accent_color"),
        ({"accent_color": "#fff'><script>"}, "accent_color"),
        ({"accent_color": "#ffcc00"}, "accent_color"),
        ({"logo_id": str(ID["ada"])}, "logo_id"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(http, wrong, field):
    answer = save(http, **wrong)
    assert refused(answer, 422)
    if field:
        assert list(answer.json()["fields"]) == [field]
    assert http("ada").read("/mail-settings")["version"] == 0


def test_a_color_that_words_cannot_be_read_on_is_refused_with_one_that_does(http):
    (said,) = save(http, accent_color="#ffcc00").json()["fields"]["accent_color"]
    assert said.startswith("White words on this color are hard to read. Take a darker one: #")
    assert save(http, accent_color=re.findall("#[0-9a-f]{6}", said)[0]).status_code == 200, said


def test_a_logo_is_made_small_and_is_on_no_mail_before_it_is_saved(http):
    made = add(http).json()
    assert (made["width"], made["height"]) == (512, 171)
    assert made["size"] < 100 * 1024
    assert made["data_url"].startswith("data:image/png;base64,")
    assert http("ada").read("/mail-settings")["logo"] is None
    assert save(http, logo_id=made["id"]).json()["logo"]["id"] == made["id"]


def test_another_logo_takes_the_place_of_the_first_and_none_of_both(http):
    first, second = (add(http).json()["id"] for _ in range(2))
    assert save(http, logo_id=first).status_code == 200
    assert refused(save(http, version=1, logo_id=second), 422), "what was not chosen is let go of"
    third = add(http).json()["id"]
    assert save(http, version=1, logo_id=third).json()["logo"]["id"] == third
    assert save(http, version=2).json()["logo"] is None
    with acting_as(actor("ada")):
        assert not MailLogo.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"<svg xmlns='x'/>", "logo.svg", "PNG or JPEG"),
        (picture("WEBP"), "logo.webp", "PNG or JPEG"),
        (picture("JPEG"), "logo.png", "not what its name says"),
        (picture()[:60], "logo.png", "damaged"),
        (b"x" * (5 * 1024 * 1024 + 1), "logo.png", "too large"),
    ],
    ids=["svg", "webp", "another kind", "damaged", "large"],
)
def test_what_is_no_logo_is_refused_in_plain_words(http, content, name, says):
    answer = add(http, content=content, name=name)
    assert refused(answer, 422, "file_refused")
    assert says in answer.json()["detail"]
    with acting_as(actor("ada")):
        assert not MailLogo.objects.exists()


def test_without_a_file_it_says_so(http):
    assert refused(http("ada").post("/api/mail-settings/logos", {}), 422, "bad_input")


def test_only_administrators_of_the_practice(http):
    logo = add(http).json()["id"]
    for who in ("ana", "fay", "bea", "sam"):
        assert refused(http(who).call("get", "/mail-settings"), 404)
        assert refused(save(http, who), 403)
        assert refused(add(http, who), 403)
        assert refused(preview(http, who), 403)
        assert refused(http(who).call("post", "/mail-settings/tests"), 403)
    assert refused(http("otto").call("get", "/mail-settings"), 404)
    for answer in (save(http, "olga", logo_id=logo), preview(http, "olga", logo_id=logo)):
        assert answer.json()["fields"] == {"logo_id": ["This logo is not there any more. Add it again."]}
    with acting_as(actor("olga")):
        assert not MailLogo.objects.exists()
        assert not MailSettings.objects.exists()


def test_the_preview_is_what_a_test_is(http, settings):
    logo = add(http).json()
    shown = preview(http, logo_id=logo["id"]).json()
    assert shown["subject"] == "How messages from Here look"
    assert shown["text"].endswith("\n\n-- \nElm Street\n")
    for html in (shown["html"], shown["dark_html"]):
        assert logo["data_url"] in html
        assert "#2f5d8a" in html
        assert "href" not in html, "a preview leads nowhere"
        assert "http://" not in html.replace(settings.PUBLIC_URL, "")
    assert "#202426" in shown["dark_html"]
    assert "#202426" not in shown["html"]
    assert save(http, logo_id=logo["id"]).status_code == 200
    assert http("ada").call("post", "/mail-settings/tests").json() == {"to": "ada@example.org"}
    (mail,) = delivered("ada@example.org")
    assert mail.subject == "Test: How messages from Here look"
    assert mail.body == shown["text"].replace("Robin", "Ada")
    assert isinstance(mail, EmailMultiAlternatives)
    assert "Elm Street" in str(mail.alternatives[0][0])


def test_a_message_of_the_outbox_is_shown_as_mail_programs_do(http):
    person = {"first_name": "Una", "last_name": "<b>New</b>", "email": "una@example.org", "roles": ["billing"]}
    assert save(http).status_code == 200
    assert http("ada").call("post", "/users", person).status_code == 201
    (row,) = http("ada").read("/messages")["items"]
    shown = http("ada").read(f"/messages/{row['id']}")
    assert "Hello Una" in shown["html"]
    assert "/…" in shown["html"]
    assert "href" not in shown["html"]
    assert "#2f5d8a" in shown["html"]
    assert refused(http("olga").call("get", f"/messages/{row['id']}"), 404)


def test_a_jpeg_without_what_a_telephone_writes_into_it(http):
    exif = Image.Exif()
    exif[0x010F] = "A telephone"
    made = add(http, content=picture("JPEG", (40, 20), exif=exif), name="logo.JPG").json()
    with acting_as(actor("ada")):
        content = bytes(MailLogo.objects.get(pk=made["id"]).content)
    assert b"telephone" not in content
    assert Image.open(BytesIO(content)).size == (40, 20)


def test_what_was_done_is_in_the_trail(http):
    save(http, logo_id=add(http).json()["id"])
    http("ada").call("post", "/mail-settings/tests")
    events = {line["event"] for line in http("ada").read("/audit")["items"]}
    assert {"mail_logo.added", "mail_settings.saved", "mail_look.tried"} <= events
