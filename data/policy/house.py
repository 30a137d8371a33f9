"""The policy that holds where a city has put none."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from data.policy.reading import read_policy
from scheduler.policy import Policy

DEFAULT = Path(__file__).parent / "default.toml"


@cache
def house_policy() -> Policy:
    """Return the default of the house: an assumption (D), shown as such."""
    return read_policy(DEFAULT.read_text(encoding="utf-8"), DEFAULT.name)
