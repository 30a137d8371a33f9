"""What every answer tells the browser, who may send forms, and the contrast of colours."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.web.compiled import app_of
from tests.web.pages import World
from tests.web.texts import templates
from web.settings import Settings, is_local

CSS = ROOT / "web" / "static" / "css"
TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")


@pytest.mark.parametrize("path", ["/log-in", "/", "/no-such", "/healthz", "/static/css/base.css"])
def test_every_answer_has_the_headers(world: World, path: str) -> None:
    headers = world.visitor("dora").get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    is_file = path.startswith("/static")
    assert headers["Cache-Control"] == ("no-cache" if is_file else "no-store")


@pytest.mark.parametrize("path", ["/static/no-such.css", "/auth/no-such.js", "/phone/no-such.js"])
def test_the_page_that_tells_of_a_missing_file_is_kept_by_no_cache(world: World, path: str) -> None:
    answer = world.visitor("dora").get(path)
    assert "dora" in answer.text, "it is a page, with who asks and her token in it"
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize("template", templates(), ids=lambda path: path.stem)
def test_no_template_asks_for_what_the_policy_forbids(template: Path) -> None:
    page = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", page)
    run = re.findall(r'<script(?! type="application/json")[^>]*>', page)  # data is not run
    assert all("src=" in script for script in run)


def test_a_form_without_its_token_is_refused(world: World) -> None:
    alice = world.visitor("alice")
    assert alice.client.post("/log-out").status_code == 400
    assert alice.client.post("/preferences", data={"language": "en"}).status_code == 400
    assert alice.client.post("/log-out", headers={"X-CSRFToken": "made up"}).status_code == 400
    assert alice.get("/password").status_code == 200, "still logged in"


def test_the_token_of_one_session_is_worth_nothing_in_another(world: World) -> None:
    alice, bob = world.visitor("alice"), world.visitor("bob")
    token = alice.token()
    bob.token()
    assert bob.client.post("/log-out", data={"csrf_token": token}).status_code == 400


def test_a_script_sends_the_token_in_a_header(world: World) -> None:
    alice = world.visitor("alice")
    headers = {"X-CSRFToken": alice.token()}
    assert alice.client.post("/log-out", headers=headers).status_code == 302


def test_over_tls_a_form_comes_from_our_own_pages(world: World) -> None:
    alice = world.visitor("alice")
    alice.base_url = "https://localhost"
    token = {"X-CSRFToken": alice.token()}
    refused = alice.get("/password")  # any page: the cookie is for https now
    assert refused.status_code == 200
    for referrer, status in (("https://evil.example/", 400), ("https://localhost/password", 302)):
        answer = alice.client.post(
            "/log-out", headers={**token, "Referer": referrer}, base_url=alice.base_url
        )
        assert answer.status_code == status


def cookie(world: World, base_url: str) -> str:
    visitor = world.visitor()
    visitor.base_url = base_url
    return visitor.get("/log-in").headers["Set-Cookie"]


def test_cookies_are_for_the_server_alone_and_for_tls_where_there_is_tls(world: World) -> None:
    plain, tls = cookie(world, "http://localhost"), cookie(world, "https://localhost")
    for told in (plain, tls):
        assert "HttpOnly" in told
        assert "SameSite=Lax" in told
    assert "Secure" not in plain
    assert "Secure" in tls


def test_a_public_address_of_tls_is_for_tls_alone(world: World) -> None:
    world.app = app_of(world.wired, Settings(b"k" * 32, "https://desk.example"))
    assert "Secure" in cookie(world, "http://localhost")
    visitor = world.visitor()
    visitor.base_url = "https://desk.example"
    assert "max-age=" in visitor.get("/log-in").headers["Strict-Transport-Security"]
    visitor.base_url = "https://localhost"  # where other programs serve without TLS
    assert "Strict-Transport-Security" not in visitor.get("/log-in").headers
    visitor.base_url = "https://evil.example"
    assert visitor.get("/log-in").status_code == 400, "another name is not ours"


def test_a_proxy_is_believed_only_where_there_is_one(world: World) -> None:
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "desk.example"}
    visitor = world.visitor(**told)
    visitor.base_url = "http://10.0.0.1"
    assert visitor.get("/log-in").status_code == 403
    visitor.app = app_of(world.wired, Settings(b"k" * 32, proxies=1))
    visitor.client = visitor.app.test_client()
    assert visitor.get("/log-in").status_code == 200


def test_the_key_of_sessions_is_the_owners_alone_and_lasts(world: World) -> None:
    home = world.wired.home
    file = home.path / "session.key"
    assert file.stat().st_mode & 0o077 == 0
    assert home.session_secret() == file.read_bytes() != home.secret()
    assert len(home.session_secret()) == 32


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("localhost:8000", True),
        ("127.0.0.1", True),
        ("[::1]:8000", True),
        ("localhost.evil.example", False),
        ("192.168.0.1", False),
    ],
)
def test_which_hosts_are_this_machine(host: str, is_ours: bool) -> None:
    assert is_local(host) is is_ours


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2 of #rrggbb."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


GROUNDS = ("ground", "surface", "sunken")
TEXTS = ("text", "quiet", "accent", "accent-strong", "bad")
KINDS = ("accent", "good", "warn", "bad")
READ_TOGETHER = [
    *product(TEXTS, GROUNDS),
    *(("on-accent", ground) for ground in ("accent", "accent-strong")),
    *((text, f"{kind}-soft") for kind in KINDS for text in ("text", kind)),
]
SEEN_TOGETHER = list(product(("edge", "focus"), GROUNDS))


def colours(sheet: str) -> dict[str, str]:
    return dict(TOKEN.findall((CSS / sheet).read_text()))


@pytest.mark.parametrize("sheet", ["tokens.css", "dark.css"])
@pytest.mark.parametrize(("pairs", "least"), [(READ_TOGETHER, 4.5), (SEEN_TOGETHER, 3.0)])
def test_colours_can_be_told_apart(sheet: str, pairs: list[tuple[str, str]], least: float) -> None:
    # WCAG 2 AA asks for 4.5 between a text and its ground, 3 for the edge of what is pressed.
    colour = colours(sheet)
    found = {pair: contrast(colour[pair[0]], colour[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < least} == {}


def test_dark_says_every_colour_again() -> None:
    assert colours("tokens.css").keys() == colours("dark.css").keys()
