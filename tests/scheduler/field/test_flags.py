"""What to mind at a door comes from its note, from earlier visits, and from how many must go."""

from __future__ import annotations

import pytest

from scheduler.field.flags import Flag, flags


@pytest.mark.parametrize(
    ("people", "note", "earlier", "expected"),
    [
        (1, "", (), ()),
        (2, "", (), (Flag.PAIR,)),
        (1, "院内有狗，敲门等候", (), (Flag.DOG,)),
        (1, "Hot dogs next door", (), (Flag.DOG,)),  # a wrong warning costs a look
        (1, "doggedly locked", (), ()),
        (1, "楼道无灯，天黑勿去", ("PTP",), (Flag.DAYLIGHT,)),
        (2, "dog; daylight only", ("POLICE_CALLED",), tuple(Flag)),
    ],
)
def test_what_is_told_is_shown(
    people: int, note: str, earlier: tuple[str, ...], expected: tuple[Flag, ...]
) -> None:
    assert flags(people, note, earlier) == expected
