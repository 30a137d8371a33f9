"""Certificates of the house's own authority: what they hold, whom they convince, how they renew."""

from __future__ import annotations

import ssl
import stat
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path
from shlex import split

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError
from hypothesis import given
from hypothesis import strategies as st

from scheduler.errors import ConflictError
from tests.web.conftest import Run, json_of
from tests.web.pages import World
from web.tls import MOST_DAYS
from web.tls.certificates import (
    Certificate,
    fingerprint,
    issue,
    names_of,
    new_authority,
)
from web.tls.files import CertificateError, authority_files, ends_at
from web.tls.names import HostNameError, Name, allows, constraints, own_names, read_name

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def authority(*names: str) -> Certificate:
    return new_authority(map(read_name, names), "desk", AT)


def served(*names: str) -> Certificate:
    return issue(authority(*names), list(map(read_name, names)), AT, MOST_DAYS)


def is_trusted(made: Certificate, issuer: Certificate, name: Name, at: datetime = AT) -> bool:
    """Let the verifier of a library decide, by the rules of browsers (RFC 5280, CA/B Forum)."""
    subject = x509.DNSName(name) if isinstance(name, str) else x509.IPAddress(name)
    store = Store([issuer.certificate])
    verifier = PolicyBuilder().store(store).time(at).build_server_verifier(subject)
    try:
        verifier.verify(made.certificate, [])
    except VerificationError:
        return False
    return True


@pytest.mark.parametrize("name", ["desk.lan", "10.0.0.7", "fd00::7", "desk", "xn--fsq.test"])
def test_a_certificate_convinces_who_trusts_its_authority(name: str) -> None:
    issuer, wanted = authority(name), read_name(name)
    made = issue(issuer, [wanted], AT, MOST_DAYS)
    assert is_trusted(made, issuer, wanted)
    assert not is_trusted(made, issuer, "other.test"), "of another name"
    assert not is_trusted(made, authority(name), wanted), "by another authority"
    assert not is_trusted(made, issuer, wanted, AT + timedelta(days=MOST_DAYS, hours=1)), "too late"


def test_it_holds_what_phones_ask_for() -> None:
    # Apple: SubjectAltName, serverAuth, SHA-2, at most 825 days; public ones live 398 at most.
    made = served("desk.lan").certificate
    usage = made.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.SERVER_AUTH]
    assert names_of(made) == ["desk.lan"]
    assert made.not_valid_after_utc - made.not_valid_before_utc <= timedelta(days=398)
    assert made.not_valid_before_utc < AT, "a phone's clock may be slow"
    assert made.signature_hash_algorithm is not None
    assert made.signature_hash_algorithm.name == "sha256"


def test_an_authority_cannot_sign_for_other_sites() -> None:
    issuer = authority("desk.bank.example", "203.0.113.7")
    names = ["bank.example", "example.com", "203.0.113.8", "desk.bank.example.evil.example"]
    for name in names:
        with pytest.raises(ConflictError, match=f"other names than {name}: .*--new-authority"):
            issue(issuer, [read_name(name)], AT, 1)
    for name in (
        "desk.bank.example",
        "a.desk.bank.example",
        "203.0.113.7",
        "192.168.3.4",
        "x.local",
    ):
        issue(issuer, [read_name(name)], AT, 1)


def test_who_steals_its_key_cannot_sign_for_other_sites_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issuer = authority("desk.lan")
    monkeypatch.setattr("web.tls.certificates.refuse_foreign", lambda *_: None)
    stolen = issue(issuer, [read_name("bank.example")], AT, 30)
    assert not is_trusted(stolen, issuer, "bank.example"), "the verifier reads the constraints"


def test_no_certificate_outlives_its_authority() -> None:
    issuer = authority("desk.lan")
    last = issuer.certificate.not_valid_after_utc - timedelta(days=10)
    with pytest.raises(ConflictError, match="the authority ends before"):
        issue(issuer, ["desk.lan"], last, 11)
    assert issue(issuer, ["desk.lan"], last, 10).certificate.not_valid_after_utc <= (
        issuer.certificate.not_valid_after_utc
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Desk.LAN.", "desk.lan"),
        ("Bücher.test", "xn--bcher-kva.test"),  # the usual example of IDNA
        ("10.0.0.7", ip_address("10.0.0.7")),
        ("::1", ip_address("::1")),
    ],
)
def test_names_are_read(text: str, name: Name) -> None:
    assert read_name(text) == name


@pytest.mark.parametrize("text", ["", ".", "a..b", "https://desk.lan", "*.lan", "-a", "a" * 64])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(HostNameError, match="no host name and no address"):
        read_name(text)


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_addresses_of_the_whole_world_are_not_vouched_for(address: Name) -> None:
    private = "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 169.254.0.0/16 127.0.0.0/8"
    private += " ::1/128 fc00::/7 fe80::/10"
    expected = any(address in ip_network(text) for text in private.split())
    assert allows(constraints(["desk.lan"]), address) is expected


def test_own_names_reach_this_machine() -> None:
    assert {"localhost", ip_address("127.0.0.1")} <= set(own_names())
    assert len(set(own_names())) == len(own_names())


def test_make_says_how_to_serve_and_where_the_keys_lie(run: Run, tmp_path: Path) -> None:
    told = run("tls", "make", "desk.lan", "10.0.0.7").stdout
    (command,) = (line for line in told.splitlines() if " serve " in line)
    words = split(command)
    cert, key = (Path(words[words.index(option) + 1]) for option in ("--cert", "--key"))
    assert words[-2:] == ["--public-url", "https://desk.lan:8443"]
    assert "https://desk.lan:8443/ca.crt" in told
    folder = tmp_path / "home" / "tls"
    assert [cert, key] == [folder / "server.crt", folder / "server.key"]
    for file in folder.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key)


def test_a_renewal_keeps_the_names_and_the_authority(run: Run) -> None:
    first = json_of(run("tls", "make", "desk.lan", "10.0.0.7", "--days", "5", "--json"))
    again = json_of(run("tls", "make", "--json"))
    assert again["names"] == ["desk.lan", "10.0.0.7"]
    assert again["fingerprint"] == first["fingerprint"]
    assert again["until"] > first["until"]


def test_another_authority_is_made_only_when_told(run: Run) -> None:
    first = json_of(run("tls", "make", "desk.lan", "--json"))
    assert "--new-authority" in str(run("tls", "make", "desk.example", expect=1).exception)
    other = json_of(run("tls", "make", "desk.example", "--new-authority", "--json"))
    assert other["fingerprint"] != first["fingerprint"]
    assert other["names"] == ["desk.example"]


def test_it_goes_where_it_is_told_and_the_authority_stays(run: Run, tmp_path: Path) -> None:
    told = json_of(run("tls", "make", "desk.lan", "--out", tmp_path / "nginx", "--json"))
    assert sorted(file.name for file in (tmp_path / "nginx").iterdir()) == [
        "server.crt",
        "server.key",
    ]
    assert Path(told["authority"]).parent == tmp_path / "home" / "tls"


def test_files_that_do_not_belong_together_are_told(run: Run, tmp_path: Path) -> None:
    run("tls", "make", "desk.lan")
    key = tmp_path / "home" / "tls" / "server.key"
    key.write_bytes((tmp_path / "home" / "tls" / "authority.key").read_bytes())
    error = run("tls", "make", expect=1).exception
    assert isinstance(error, CertificateError)
    assert "the key is another certificate's" in str(error)
    key.write_text("no key", encoding="utf-8")
    with pytest.raises(CertificateError, match="is no certificate"):
        ends_at(key)


def test_phones_fetch_the_authority_and_never_a_key(world: World) -> None:
    visitor = world.visitor()
    assert visitor.get("/ca.crt").status_code == 404, "none was made"
    made = authority("desk.lan")
    authority_files(world.wired.home).write(made)
    visitor.base_url = "http://desk.lan"  # not trusted by TLS yet
    answer = visitor.get("/ca.crt")
    assert answer.mimetype == "application/x-x509-ca-cert"
    found = x509.load_der_x509_certificate(answer.data)  # nothing but the certificate
    assert fingerprint(found) == fingerprint(made.certificate)
    assert fingerprint(found).count(":") == 31
