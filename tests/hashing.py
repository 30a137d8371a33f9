"""Passwords hashed with the least parameters: what is tried is who gets in, not how slowly."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from argon2 import PasswordHasher

from data import passwords

QUICK_HASHER = partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """Import it into a room's conftest; the true parameters are tried by tests/data/test_users."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "PasswordHasher", QUICK_HASHER)
        passwords._nobodys.cache_clear()
        yield
    passwords._nobodys.cache_clear()
