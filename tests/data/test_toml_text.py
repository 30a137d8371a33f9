"""TOML as people save it."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.toml_text import TomlError, parse_toml, read_toml, utf8


def test_the_mark_that_windows_writes_is_let_go(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_bytes(b'\xef\xbb\xbftitle = "\xe5\xae\x81\xe5\xb7\x9e"\r\n')
    assert read_toml(file) == {"title": "宁州"}
    assert parse_toml('\ufefftitle = "x"') == {"title": "x"}


def test_another_encoding_is_told_with_its_line() -> None:
    with pytest.raises(TomlError, match=r"is not UTF-8 \(line 2\): save it as UTF-8"):
        utf8('a = 1\nb = "宁州"\n'.encode("gbk"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title = ", "is no TOML: Invalid value"),
        (f"a = {'[' * 5000}{']' * 5000}", "is no TOML: it is nested too deeply"),
        (f"a = {'9' * 5000}", "is no TOML: "),
    ],
)
def test_what_is_no_toml_is_told(text: str, told: str) -> None:
    with pytest.raises(TomlError) as error:
        parse_toml(text)
    assert str(error.value).startswith(told)
