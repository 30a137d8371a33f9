"""TLS on a name that is not localhost: a collector's phone, and what plain http on it refuses."""

from __future__ import annotations

import base64
import hashlib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Page, ViewportSize, expect
from typer.testing import CliRunner

from tests.browser.conftest import Launch
from tests.data.world import TOWN
from tests.slowly import slowly
from tests.web.conftest import json_of
from tests.web.pages import PASSWORD, World
from tests.web.phone_days import full_trip, make_lawful, publish
from tests.web.serving import free_port, served
from web.cli import app

NAME = "desk.dayround.test"
PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Office:
    """The world as `dayround serve` serves it by TLS, and a browser that trusts its certificate."""

    port: int
    authority: Path
    browser: Browser

    @property
    def url(self) -> str:
        return f"https://{NAME}:{self.port}"


@pytest.fixture
def office(world: World, launch: Launch) -> Iterator[Office]:
    """The three-person world by gunicorn, with a certificate of `dayround tls make`."""
    make_lawful(world)
    publish(world, full_trip("alice"), on=datetime.now(UTC).astimezone(ZoneInfo(TOWN.zone)).date())
    home, port = world.wired.home.path, free_port()
    words = ["--home", str(home), "tls", "make", NAME, "--json"]
    made = json_of(CliRunner().invoke(app, words))
    options = ("--cert", made["certificate"], "--key", made["key"], "--processes", 2)
    browser = launch(*trusting(Path(made["certificate"])))
    with served(home, port, *options, "--public-url", f"https://{NAME}:{port}"):
        yield Office(port, Path(made["authority"]), browser)
    browser.close()


def trusting(certificate: Path) -> tuple[str, ...]:
    """Return the flags of a browser that finds the name here and takes this one certificate."""
    key = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    digest = base64.b64encode(hashlib.sha256(spki).digest()).decode()
    return (
        f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
        f"--ignore-certificate-errors-spki-list={digest}",
    )


def handshake(office: Office, name: str) -> str | None:
    """Shake hands as a client that trusts our authority alone, and is strict (RFC 5280)."""
    context = ssl.create_default_context(cafile=office.authority)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    with (
        socket.create_connection(("127.0.0.1", office.port)) as plain,
        context.wrap_socket(plain, server_hostname=name) as wrapped,
    ):
        return wrapped.version()


def log_in(page: Page) -> None:
    page.get_by_label("Name").fill("alice")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def test_a_collector_sees_her_day_by_tls(office: Office) -> None:
    # The browser is told to take the certificate; that it is right is Python's to say.
    assert handshake(office, NAME) in ("TLSv1.2", "TLSv1.3")
    with pytest.raises(
        ssl.SSLCertVerificationError, match=r"not valid for 'other\.dayround\.test'"
    ):
        handshake(office, "other.dayround.test")

    context = office.browser.new_context(viewport=PHONE, locale="en")
    page = context.new_page()
    answer = page.goto(f"{office.url}/my/day")
    assert answer is not None
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    log_in(page)
    expect(page.get_by_text("王*").first).to_be_visible()
    assert page.url == f"{office.url}/my/day"
    assert page.evaluate("window.isSecureContext") is True
    cookies = context.cookies()
    assert cookies
    assert all(cookie["secure"] and cookie["httpOnly"] for cookie in cookies)
    context.close()


WORDS = {
    "en": "No log-in over an open connection",
    "zh-CN": "未加密的连接不能登录",
}


@pytest.mark.parametrize("locale", slowly(WORDS, ["en"]))
def test_plain_http_on_a_name_takes_no_password_and_says_why(
    address: str, launch: Launch, locale: str
) -> None:
    port = address.rsplit(":", 1)[1]
    browser = launch(f"--host-resolver-rules=MAP {NAME} 127.0.0.1")
    page = browser.new_page(viewport=PHONE, locale=locale)
    page.goto(f"http://{NAME}:{port}/")
    expect(page.get_by_role("heading", name=WORDS[locale])).to_be_visible()
    expect(page.get_by_text(f"{NAME}:{port}")).to_be_visible()
    assert page.locator("input[type=password]").count() == 0
    assert page.evaluate("window.isSecureContext") is False
    browser.close()
