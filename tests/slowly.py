"""Cases of a test that `make test-all` alone tries, where cheaper ones look for the same faults."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def slowly(cases: Iterable[Any], rest: Collection[Any]) -> list[Any]:
    """Return the cases, those in `rest` marked as slow; a case of several values is a tuple."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow)
        if case in rest
        else case
        for case in cases
    ]


SQLITE_FIRST = pytest.mark.parametrize(
    "url", slowly(["sqlite", "postgresql"], ["postgresql"]), indirect=True
)
"""For long stories whose single steps other tests try on both databases."""
