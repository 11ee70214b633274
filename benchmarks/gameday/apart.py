"""Incidents that need an instance of their own: a disk that fills up, and a certificate that ends."""

import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from benchmarks.gameday.day import Report
from benchmarks.gameday.signs import Signs, first
from tests.e2e import killing
from tests.e2e.killing import Ledger
from tests.e2e.product import Product
from tests.e2e.working import Desk

DISK = "3g"
ENDS_IN = timedelta(days=3)
SOON = 120.0


def disk_full() -> Report:
    report = Report("Disk full", f"a disk of {DISK} filled to its last byte while somebody writes")
    with _small_disk() as folder:
        if folder is None:
            report.note = "Not caused: mounting a disk takes rights that this account does not have."
            return report
        product = Product(folder / "home", demo=True)
        try:
            product.start()
            _fill_up(product, folder, report)
        finally:
            product.stop()
    return report


def _fill_up(product: Product, folder: Path, report: Report) -> None:
    desk = Desk(product, product.people()["ana"])
    ledger = Ledger(desk, desk.read("/clients")["items"][0]["id"]).begin()
    signs = Signs(product)
    fill = folder / "fill"
    with suppress(OSError), fill.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * (1 << 20))
    report.detected, report.said = first(SOON, signs.check("disk"), signs.health("storage", "database"))
    report.repair = "Room is made; the product comes back by itself"
    began = time.monotonic()
    fill.unlink()
    killing.await_back(product)
    report.recovered = time.monotonic() - began
    written = len(ledger.acknowledged)
    while len(ledger.acknowledged) == written and time.monotonic() - began < SOON:
        time.sleep(0.2)
    ledger.end()
    faults = ledger.faults(product)
    report.note = f"{len(ledger.acknowledged):,} acknowledged writes, {len(faults)} lost or doubled."


@contextmanager
def _small_disk() -> Iterator[Path | None]:
    folder = Path(tempfile.mkdtemp(prefix="ms-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=0755", "tmpfs", str(folder)]
    mounted = shutil.which("mount") and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)
        folder.rmdir()


def certificate_ends() -> Report:
    report = Report(
        "Certificate expiring", f"the public address shown with a certificate that ends in {ENDS_IN.days} days"
    )
    folder = Path(tempfile.mkdtemp(prefix="ms-tls-"))
    folder.chmod(0o711)
    try:
        (folder / "home").mkdir(mode=0o711)
        product = Product(folder / "home", demo=False)
        with _front(product, folder) as front:
            product.environment |= {"MENTALSPACE_PUBLIC_URL": front, "SSL_CERT_FILE": str(folder / "cert.pem")}
            try:
                product.start()
                report.detected, report.said = first(SOON, Signs(product).check("certificate"))
            finally:
                product.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report.repair = "The certificate is renewed; the proxy in `deploy/` does it by itself"
    report.note = "Told three weeks before, and as an alert one week before."
    return report


@contextmanager
def _front(product: Product, folder: Path) -> Iterator[str]:
    """A proxy that speaks TLS with such a certificate. Gives its address."""
    _make_certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_serve, args=[listening, context, product.port], daemon=True).start()
        yield f"https://localhost:{listening.getsockname()[1]}"


def _serve(listening: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with suppress(OSError):
        while True:
            raw, _ = listening.accept()
            threading.Thread(target=_pass_on, args=[raw, context, port], daemon=True).start()


def _pass_on(raw: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with (
        suppress(OSError),
        context.wrap_socket(raw, server_side=True) as secure,
        socket.create_connection(("127.0.0.1", port)) as plain,
    ):
        back = threading.Thread(target=_copy, args=[plain, secure], daemon=True)
        back.start()
        _copy(secure, plain)
        back.join()


def _copy(of: socket.socket, to: socket.socket) -> None:
    with suppress(OSError):
        while data := of.recv(65536):
            to.sendall(data)
        to.shutdown(socket.SHUT_WR)


def _make_certificate(folder: Path) -> None:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + ENDS_IN)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(pem)
    (folder / "key.pem").chmod(0o600)
