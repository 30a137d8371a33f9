"""`dayround serve` as it is started, on a port of its own, and `dayround user`."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs
from urllib.request import Request, urlopen

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.web.conftest import Run, json_of

START_S = 30
Serve = Callable[..., int]


@pytest.fixture
def serve(run: Run, tmp_path: Path) -> Iterator[Serve]:
    """Start `dayround serve OPTIONS` in an empty home, and return its port."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*options: str) -> int:
        port = free_port()
        command = [sys.executable, "-c", "from web.cli import main; main()", "serve"]
        command += ["--home", str(tmp_path / "home"), "--port", str(port), *options]
        log = (tmp_path / "serve.log").open("wb")
        started.append(subprocess.Popen(command, stdout=log, stderr=log))
        wait_for(port, started[-1])
        return port

    yield start
    for process in started:
        process.terminate()
        assert process.wait(START_S) in (0, -15, 130)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until something listens."""
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the server did not begin to listen")


def get(
    url: str, trusted: Path | None = None, headers: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Return status and text of an address."""
    context = ssl.create_default_context(cafile=trusted) if trusted else None
    asked = Request(url, headers={"Accept-Language": "en", **(headers or {})})
    try:
        with urlopen(asked, timeout=START_S, context=context) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for localhost that trusts itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    files = tmp_path / "cert.pem", tmp_path / "key.pem"
    for file, content in zip(files, (made.public_bytes(pem), secret), strict=True):
        file.write_bytes(content)
    return files


def test_it_serves_and_tells_its_health(serve: Serve) -> None:
    port = serve()
    status, text = get(f"http://127.0.0.1:{port}/healthz")
    assert (status, json.loads(text)) == (200, {"status": "ok"})
    status, page = get(f"http://localhost:{port}/log-in")
    assert status == 200
    assert "Log in" in page


def test_a_proxy_tells_the_scheme_only_if_it_is_said_to_be_there(serve: Serve) -> None:
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "desk.example"}
    port = serve("--behind-proxy", "--public-url", "https://desk.example")
    assert get(f"http://127.0.0.1:{port}/log-in", headers=told)[0] == 200
    other = serve()
    # Without it the headers count for nothing: a name of this machine stays one of this machine.
    status, page = get(f"http://127.0.0.1:{other}/log-in", headers=told | {"Host": "desk.example"})
    assert status == 403
    assert "plain http from desk.example" in page


@pytest.mark.skipif(sys.platform == "win32", reason="gunicorn needs POSIX")
def test_tls_and_several_processes(serve: Serve, certificate: tuple[Path, Path]) -> None:
    cert, key = certificate
    port = serve("--cert", str(cert), "--key", str(key), "--processes", "2")
    for _ in range(4):
        assert get(f"https://localhost:{port}/healthz", cert)[0] == 200
    status, page = get(f"https://localhost:{port}/log-in", cert)
    assert status == 200
    assert 'type="password"' in page


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--cert", "here.pem"), "belong together"),
        (("--cert", "no.pem", "--key", "no.pem"), "no.pem is not there"),
    ],
)
def test_what_cannot_be_served_is_told(run: Run, options: tuple[str, ...], told: str) -> None:
    assert told in run("serve", *options, expect=1).output


def test_users_are_added_listed_disabled_and_reset(run: Run) -> None:
    run("user", "add", "ada", "--role", "administrator")  # one has to stay
    made = json_of(run("user", "add", "Li", "--role", "administrator", "--json"))
    link, fragment = made["link"].split("#")
    assert link == "http://localhost:8000/first-sign-in"
    assert parse_qs(fragment) == {"name": ["Li"], "code": [made["code"]]}
    run("user", "disable", "li")
    _, listed = json_of(run("user", "list", "--json"))
    assert listed == {"name": "li", "roles": "administrator everywhere", "state": "disabled"}
    run("user", "enable", "li")
    again = json_of(run("user", "reset", "li", "--public-url", "https://desk.example/", "--json"))
    assert again["code"] != made["code"]
    assert again["link"].startswith("https://desk.example/first-sign-in#")
    assert json_of(run("user", "list", "--json"))[1]["state"] == "waits for the first sign-in"


@pytest.mark.parametrize(
    "words",
    [
        ("add", "bo", "--role", "boss"),
        ("add", "bo", "--role", "dispatcher"),
        ("add", "bo", "--role", "dispatcher", "--city", "Nowhere"),
        ("disable", "nobody"),
    ],
)
def test_a_user_that_cannot_be_is_refused(run: Run, words: tuple[str, ...]) -> None:
    run("user", *words, expect=1)
    assert json_of(run("user", "list", "--json")) == []
