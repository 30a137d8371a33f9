"""The folder of a user."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from data.errors import DatabaseError
from data.home import Home
from data.store import create_store


@pytest.fixture(autouse=True)
def _nothing_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DAYROUND_HOME", "DAYROUND_DATABASE", "DAYROUND_DATABASE_FILE"):
        monkeypatch.delenv(name, raising=False)


def test_a_home_is_the_one_given_else_told_else_the_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Home.find().path.name == "dayround"
    monkeypatch.setenv("DAYROUND_HOME", str(tmp_path / "told"))
    assert Home.find().path == tmp_path / "told"
    assert Home.find(tmp_path / "given").path == tmp_path / "given"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the user's folder to the user")
def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    home = Home(tmp_path / "deep" / "home")
    store = create_store(home)
    for folder in (home.path, home.cities, home.backups):
        assert folder.stat().st_mode & 0o777 == 0o700, folder
    home.secret()
    for file in (path for path in home.path.iterdir() if path.is_file()):
        assert file.stat().st_mode & 0o777 == 0o600, file
    store.close()


def test_the_key_is_made_once(tmp_path: Path) -> None:
    home, other = Home(tmp_path), Home(tmp_path / "other")
    other.create()
    assert len(home.secret()) == 32
    assert home.secret() == home.secret() != other.secret()


def test_the_database_is_in_the_home_unless_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    assert home.database_url == f"sqlite:///{tmp_path / 'dayround.sqlite'}"
    monkeypatch.setenv("DAYROUND_DATABASE", "postgresql+psycopg://host/name")
    assert home.database_url == "postgresql+psycopg://host/name"
    home.create()
    assert not home.database_file.exists()


def test_a_secret_file_may_tell_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "url"
    monkeypatch.setenv("DAYROUND_DATABASE_FILE", str(secret))
    with pytest.raises(DatabaseError, match="cannot be read"):
        _ = Home(tmp_path).database_url
    secret.write_text("postgresql+psycopg://user:pw@host/name\n")
    assert Home(tmp_path).database_url == "postgresql+psycopg://user:pw@host/name"
    monkeypatch.setenv("DAYROUND_DATABASE", "sqlite:///x")
    with pytest.raises(DatabaseError, match="both set"):
        _ = Home(tmp_path).database_url
