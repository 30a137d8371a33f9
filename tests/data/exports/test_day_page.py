"""A crew's day as one page: what stands in it in the open, and what opens the rest."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from data.exports.day import BAND
from data.exports.day_page.sealing import ITERATIONS, digits_of, is_passphrase, new_passphrase
from data.exports.day_page.words import PAGE_WORDS
from data.exports.day_page.writing import DayPage, write_page, write_pages

TOLD = {"en": {"stops": [{"name": "王* </script>", "place": "东河路 18弄 5号"}]}}
PASSPHRASE = "0123 4567 8901 2345 6789"


@pytest.fixture(scope="module")
def page() -> str:
    return write_page(DayPage("day.html", TOLD, PASSPHRASE)).decode()


def kept(page: str) -> dict[str, Any]:
    found = re.search(r'id="sealed">(.*?)</script>', page)
    assert found is not None
    told: dict[str, Any] = json.loads(found[1])
    return told


def unsealed(page: str, passphrase: str) -> Any:
    """Open it by what the page itself says of how it is closed."""
    told = kept(page)
    salt, nonce, text = (base64.b64decode(told[name]) for name in ("salt", "nonce", "text"))
    key = hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, told["iterations"])
    return json.loads(AESGCM(key).decrypt(nonce, text, told["purpose"].encode()))


def test_the_passphrase_alone_opens_it(page: str) -> None:
    assert unsealed(page, "01234567890123456789") == TOLD
    with pytest.raises(InvalidTag):
        unsealed(page, "01234567890123456788")


def test_nothing_of_the_day_or_the_passphrase_is_in_the_open(page: str) -> None:
    for word in ("王*", "东河路", "0123 4567", "01234567890"):
        assert word not in page
    assert kept(page)["iterations"] == ITERATIONS >= 600_000


def test_it_allows_its_own_script_and_style_and_nothing_else(page: str) -> None:
    policy = re.search(r'Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
    assert rules["default-src"] == "'none'"
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        (inline,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    assert not re.search(r"""(src|href)=|url\(|@import|https?://""", page)


def test_the_same_day_never_looks_alike_twice(page: str) -> None:
    again = kept(write_page(DayPage("day.html", TOLD, PASSPHRASE)).decode())
    for part in ("salt", "nonce", "text"):
        assert again[part] != kept(page)[part]


def test_all_crews_go_into_one_file() -> None:
    pages = [DayPage(f"{n}.html", TOLD, f"{n}" * 20) for n in range(3)]
    with zipfile.ZipFile(io.BytesIO(write_pages(pages, is_made_up=True))) as packed:
        assert packed.namelist() == ["0.html", "1.html", "2.html"]
        second = packed.read("1.html").decode()
    assert unsealed(second, "1" * 20) == TOLD
    assert BAND in second


def test_passphrases_are_digits_in_groups_and_never_the_same() -> None:
    made = {new_passphrase() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"\d{4}( \d{4}){4}", one) and is_passphrase(one) for one in made)


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("0123-4567-8901-2345-6789", True),
        ("０１２３４５６７８９01234567 89", True),
        ("1234", False),
    ],
)
def test_it_is_the_same_however_it_is_typed(typed: str, is_one: bool) -> None:
    assert is_passphrase(typed) is is_one
    assert digits_of(typed).isascii()


def test_it_says_everything_in_both_languages() -> None:
    english, chinese = PAGE_WORDS["en"], PAGE_WORDS["zh"]
    assert english.keys() == chinese.keys()
    for key in english:
        holes = [sorted(re.findall(r"\{\w+\}", words[key])) for words in (english, chinese)]
        assert holes[0] == holes[1], key
