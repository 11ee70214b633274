"""Against a mail server that really speaks SMTP: taken, refused for now or for good, encrypted or not at all."""

import ssl
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mentalspace.access.actor import acting_as
from mentalspace.env import EnvironmentRefused, read
from mentalspace.launch.ports import find_free
from tests.cast import actor
from tests.mail import delivered

from .test_outbox import letterhead, rows, tell

pytestmark = pytest.mark.django_db


class Server:
    """Keeps what it takes; says what it is told to say."""

    def __init__(self):
        self.taken, self.logins, self.to_recipient, self.to_data = [], [], "250 OK", "250 taken"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.taken.append((session.ssl is not None, envelope))
        return self.to_data

    def authenticate(self, server, session, envelope, mechanism, data):
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"right", handled=False)


@pytest.fixture
def server():
    return Server()


@pytest.fixture
def listen(server, settings):
    """Start it, and have the product send there as `url` says."""
    running = []

    def run(scheme="smtp+plain", who="", **how):
        controller = Controller(server, hostname="127.0.0.1", port=find_free(), **how)
        controller.start()
        running.append(controller)
        smtp = read({"MENTALSPACE_SMTP_URL": f"{scheme}://{who}127.0.0.1:{controller.port}"}).smtp_url
        assert smtp is not None
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = smtp.host, smtp.port
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = smtp.user, smtp.password
        settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = smtp.security == "starttls", smtp.security == "tls"

    yield run
    for controller in running:
        controller.stop()


def send():
    with acting_as(actor("ana")):
        tell(values={"name": "Żaneta 🌿"})
    delivered()
    return rows()[-1]


def test_accepted(listen, server):
    listen()
    row = send()
    assert row.sent_successfully, row.error_message
    ((_, envelope),) = server.taken
    assert envelope.rcpt_tos == ["ana@example.org"]
    text = envelope.content.decode()
    assert f"Message-ID: <{row.pk}@" in text
    assert "Subject: Something happened" in text


def test_as_text_and_as_html_with_the_logo_it_names(listen, server):
    listen()
    logo = letterhead()
    row = send()
    assert row.sent_successfully, row.error_message
    ((_, envelope),) = server.taken
    mail = message_from_bytes(envelope.content, policy=policy.default)
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/related", "multipart/alternative", "text/plain", "text/html", "image/png",
    ]  # fmt: skip
    plain, html, picture = (part for part in mail.walk() if not part.is_multipart())
    assert plain.get_content().splitlines() == ["Hello Żaneta 🌿 of Here."]
    assert "Hello Żaneta 🌿 of Here." in html.get_content()
    assert picture["Content-ID"] == f"<logo-{logo.pk.hex}@inline>"
    assert f"cid:logo-{logo.pk.hex}@inline" in html.get_content()
    assert picture.get_content_disposition() == "inline"
    assert picture.get_payload(decode=True) == b"\x89PNG"


def test_refused_for_good_and_for_now(listen, server):
    listen()
    server.to_recipient = "550 no such mailbox"
    gone = send()
    assert (gone.sent_at, gone.next_attempt_at) == (None, None)
    assert "no such mailbox" in gone.error_message
    server.to_recipient, server.to_data = "250 OK", "451 later"
    later = send()
    assert later.sent_at is None
    assert later.next_attempt_at is not None


def test_a_server_that_is_not_there(listen, settings):
    listen()
    settings.EMAIL_PORT = find_free()
    row = send()
    assert row.sent_at is None
    assert row.next_attempt_at is not None


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A key and certificate for 127.0.0.1, signed by nobody but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    form = serialization.Encoding.PEM
    secret = key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(secret + made.public_bytes(form))
    return str(file)


@pytest.fixture
def encrypted(certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def test_encrypted_and_signed_in(listen, server, encrypted, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", certificate)
    listen("smtp", "office:right@", tls_context=encrypted, authenticator=server.authenticate, auth_required=True)
    assert send().sent_successfully
    assert [is_encrypted for is_encrypted, _ in server.taken] == [True]
    assert server.logins == [("office", "right")]


def test_a_wrong_password_waits_to_be_put_right(listen, server, encrypted, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", certificate)
    listen("smtp", "office:wrong@", tls_context=encrypted, authenticator=server.authenticate, auth_required=True)
    row = send()
    assert row.sent_at is None
    assert row.next_attempt_at is not None
    assert row.error_message.startswith("SMTPAuthenticationError")


def test_a_server_nobody_vouches_for_gets_nothing(listen, server, encrypted):
    listen("smtp", tls_context=encrypted)
    row = send()
    assert "CERTIFICATE_VERIFY_FAILED" in row.error_message
    assert server.taken == []


def test_a_server_without_encryption_gets_nothing(listen, server):
    listen("smtp")
    assert send().sent_at is None
    assert server.taken == []


def test_unencrypted_only_on_this_machine():
    with pytest.raises(EnvironmentRefused, match="this machine") as refusal:
        read({"MENTALSPACE_SMTP_URL": "smtp+plain://me:secret@mail.example.org"})
    assert "secret" not in str(refusal.value)
    found = read({"MENTALSPACE_SMTP_URL": "smtps://a%40b:p%2Fw@mail.example.org"}).smtp_url
    assert found is not None
    assert (found.host, found.port, found.security, found.user, found.password) == (
        "mail.example.org",
        465,
        "tls",
        "a@b",
        "p/w",
    )


@pytest.mark.parametrize(
    "values", [{"SMTP_URL": "https://mail.example.org"}, {"SMTP_URL": "smtp://"}, {"MAIL_FROM": "nobody"}]
)
def test_wrong_settings_are_refused(values):
    with pytest.raises(EnvironmentRefused, match="is wrong"):
        read({f"MENTALSPACE_{name}": value for name, value in values.items()})
