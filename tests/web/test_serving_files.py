"""The files for nginx, Caddy and systemd in docs/serving fit what `dayround serve` takes."""

from __future__ import annotations

import re
import shlex
from configparser import RawConfigParser
from pathlib import Path

import pytest
import typer

from tests.conftest import ROOT
from web.app import MOST_SENT_BYTES
from web.cli import app

FOLDER = ROOT / "docs" / "serving"
NGINX, CADDY, UNIT = (FOLDER / name for name in ("nginx.conf", "Caddyfile", "dayround.service"))
BELIEVED = {"For": "$remote_addr", "Proto": "$scheme", "Host": "$http_host"}
"""What stands in the three X-Forwarded headers that dayround believes, whatever a visitor wrote."""


def options_of(command: list[str]) -> set[str]:
    """Return the options that `dayround serve` would refuse to know."""
    serve = typer.main.get_command(app).commands["serve"]  # type: ignore[attr-defined]
    known = {name for parameter in serve.params for name in parameter.opts}
    return {word for word in command if word.startswith("--")} - known


def remarked_command(file: Path) -> list[str]:
    """Return the command that a file says runs beside it."""
    found = re.search(r"^# Beside it runs: (dayround serve .*)$", file.read_text(), re.MULTILINE)
    assert found, f"{file.name} does not say what runs beside it"
    return shlex.split(found[1])


def unit() -> RawConfigParser:
    """Read the unit; keys may come twice, and keep their capitals."""
    parser = RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(UNIT, encoding="utf-8")
    return parser


@pytest.mark.parametrize("file", [NGINX, CADDY], ids=lambda file: file.name)
def test_a_proxy_stands_before_the_default_port(file: Path) -> None:
    assert re.search(r"\b127\.0\.0\.1:8000\b", file.read_text())
    assert "--behind-proxy" in remarked_command(file)
    assert options_of(remarked_command(file)) == set()


@pytest.mark.parametrize("file", [NGINX, CADDY], ids=lambda file: file.name)
def test_a_long_list_gets_through(file: Path) -> None:
    size = re.search(r"(?:client_max_body_size|max_size) (\d+)(?:m|MiB)\b", file.read_text())
    assert size
    assert int(size[1]) << 20 == MOST_SENT_BYTES  # what is longer, dayround refuses itself


def test_nginx_lets_no_header_through_that_dayround_believes() -> None:
    # Caddy does so by itself. An X-Forwarded-For that is added to, not replaced, would do as well,
    # as long as only its last address counts; replaced, nothing depends on that.
    told = re.findall(r"proxy_set_header\s+X-Forwarded-(\w+)\s+(\S+);", NGINX.read_text())
    assert dict(told) == BELIEVED


def test_nginx_has_a_brace_for_each_and_ends_its_lines() -> None:
    bare = [line.split("#")[0].strip() for line in NGINX.read_text().splitlines()]
    assert all(line[-1] in "{};" for line in bare if line)
    assert "".join(bare).count("{") == "".join(bare).count("}")


def test_the_unit_compiles_before_it_serves() -> None:
    service = unit()["Service"]
    command = ["/opt/dayround/bin/dayround", "compile"]
    assert shlex.split(service["ExecStartPre"]) == command
    assert "compile" in typer.main.get_command(app).commands  # type: ignore[attr-defined]
    # systemd ends by itself what has not started after 90 s.
    assert service["TimeoutStartSec"] == "15min"


def test_the_unit_starts_what_there_is() -> None:
    command = shlex.split(unit()["Service"]["ExecStart"])
    assert command[:2] == ["/opt/dayround/bin/dayround", "serve"]
    assert options_of(command) == set()


def test_the_unit_keeps_the_book_where_it_may_write() -> None:
    service = unit()["Service"]
    home = re.search(r"DAYROUND_HOME=(\S+)", service["Environment"])
    assert home
    assert home[1] == f"/var/lib/{service['StateDirectory']}"
    assert service["ProtectSystem"] == "strict"
    assert service["StateDirectoryMode"] == "0700"
