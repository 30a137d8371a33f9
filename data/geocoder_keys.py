"""The keys of map services: from the environment, or from a file that only its owner can read.

    DAYROUND_AMAP_KEY=…               the key, and DAYROUND_AMAP_SECRET=… what signs, if anything

or in geocoder-keys.toml of the home (`DAYROUND_GEOCODER_KEYS` names another file):

    amap = "…"
    amap_secret = "…"

They are in no backup, and in nothing that is printed.
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scheduler.errors import DayroundError

FILE = "geocoder-keys.toml"
NAMED_BY = "DAYROUND_GEOCODER_KEYS"
OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class GeocoderKeyError(DayroundError, ValueError):
    """A file of keys that others can read, or that is not understood; no key is in the message."""


@dataclass(frozen=True, slots=True)
class Key:
    """A service's key, and its secret for signing; '' where there is none. Neither is in a repr."""

    text: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)


def variable(service: str) -> str:
    """Return the name of the environment variable that holds a service's key."""
    return f"DAYROUND_{service.upper()}_KEY"


def key_of(service: str, home: Path, environ: Mapping[str, str] = os.environ) -> Key:
    """Return the key of a service; the environment goes before the file.

    Raises
    ------
    GeocoderKeyError
        Where the file may be read by others, or is not understood.
    """
    told = environ.get(variable(service), "").strip()
    secret = environ.get(f"DAYROUND_{service.upper()}_SECRET", "").strip()
    if told:
        return Key(told, secret)
    kept = _kept(Path(environ.get(NAMED_BY) or home / FILE))
    return Key(kept.get(service, ""), secret or kept.get(f"{service}_secret", ""))


def _kept(file: Path) -> Mapping[str, str]:
    """Return what a file of keys holds; nothing where it is not there."""
    try:
        with file.open("rb") as opened:
            if os.name != "nt" and os.fstat(opened.fileno()).st_mode & OF_OTHERS:
                raise GeocoderKeyError(f"others can read the keys in {file}: chmod 600 {file}")
            kept = tomllib.load(opened)
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # What TOML says of a fault may quote the line, with the key in it.
        raise GeocoderKeyError(f'{file} is no TOML: write lines such as amap = "…"') from None
    if wrong := [name for name, value in kept.items() if not isinstance(value, str)]:
        raise GeocoderKeyError(f"{file}: {wrong[0]!r} is no text in quotes")
    return {name: value.strip() for name, value in kept.items()}
