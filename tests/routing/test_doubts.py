"""Why an address waits, by what the gazetteer itself says of it."""

from __future__ import annotations

import pytest

from routing.gazetteer.doubts import Doubt, doubt_of
from routing.geocoding import Precision


@pytest.mark.parametrize(
    ("precision", "unmatched", "doubt"),
    [
        (Precision.NONE, "no street or place known in '东河'", Doubt.NOT_FOUND),
        (Precision.NONE, "城西区 is not in this extract", Doubt.OUTSIDE),
        (Precision.DISTRICT, "the map has it in 城西区", Doubt.CONFLICT),
        (Precision.DISTRICT, "2 places of this name", Doubt.SEVERAL),
        (Precision.STREET, "number 7 stands 2 times", Doubt.SEVERAL),
        (Precision.STREET, "99 is beyond its end", Doubt.BEYOND),
        (Precision.DISTRICT, "东河路", Doubt.ROUGH),
        (Precision.EXACT, "", Doubt.UNSURE),
    ],
)
def test_a_doubt_is_known_by_what_was_found(
    precision: Precision, unmatched: str, doubt: Doubt
) -> None:
    assert doubt_of(precision, unmatched) is doubt
