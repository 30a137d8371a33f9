"""A day at a door, told at once, says at each second what the rules say when they are asked."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.profiles import TomlProfiles
from scheduler import at_door
from scheduler.at_door import Closed, Door, door
from scheduler.door_hours import DoorSpan, door_spans
from scheduler.dossier import NOTHING_KNOWN, Dossier
from scheduler.model import DailyWindow
from scheduler.restraints import Consent, Wish
from scheduler.rules import Attempt, Refusal, RuleSet, refusals
from tests.scheduler.little_book import ON, SHANGHAI, case, crew, daily, day, place, rules_of

MIDNIGHT = datetime.combine(ON, time(), SHANGHAI)
A_DAY_S = 86_400
SECONDS = st.integers(0, A_DAY_S - 1)


def a_door(
    *windows: DailyWindow,
    members: tuple[str, ...] = ("ann", "ben"),
    dossier: Dossier = NOTHING_KNOWN,
    profile: str = "CN",
) -> Door:
    made = day(
        [case("k1")], [place(windows=windows)], crews=[crew(*members)], dossiers={"b1": dossier}
    )
    return door(made, rules_of(profile), "b1", "b1-home", crew(*members))


def at_second(spans: tuple[DoorSpan, ...], second: int) -> Closed | None:
    when = MIDNIGHT + timedelta(seconds=second)
    (found,) = [one for one in spans if one.start <= when < one.end]
    return found.closed


def reason(closed: Closed | None) -> str:
    return closed.why if closed else ""


WINDOWS = st.tuples(st.integers(0, 22 * 12), st.integers(4, 60)).map(
    lambda told: DailyWindow(
        time(told[0] // 12, told[0] % 12 * 5),
        time(min(23, (told[0] + told[1]) // 12), (told[0] + told[1]) % 12 * 5),
        frozenset(range(7)),
    )
)


@settings(max_examples=25, deadline=None)
@given(st.lists(WINDOWS, max_size=2), st.lists(SECONDS, min_size=20, max_size=20), st.booleans())
def test_each_second_is_as_the_rules_say(
    windows: list[DailyWindow], seconds: list[int], is_alone: bool
) -> None:
    there = a_door(*windows, members=("ann",) if is_alone else ("ann", "ben"))
    spans = door_spans(there, ON, SHANGHAI)
    for second in seconds:
        asked = there.closed(MIDNIGHT + timedelta(seconds=second))
        assert reason(at_second(spans, second)) == reason(asked)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(WINDOWS, max_size=2),
    st.lists(WINDOWS, max_size=1),
    st.sampled_from(("CN", "US", "KR", "TH")),
    st.lists(SECONDS, min_size=12, max_size=12),
)
def test_what_she_blocks_and_consents_to_counts_to_the_second(
    blocked: list[DailyWindow], agreed: list[DailyWindow], profile: str, seconds: list[int]
) -> None:
    """Beside random seconds those are asked for at which her own hours begin and end."""
    wishes = (Wish(1, "b1", "told", tuple(blocked)),) if blocked else ()
    consents = (Consent(1, "b1", "hours", "later", ON, "a letter", hours=tuple(agreed)),)
    there = a_door(dossier=Dossier(wishes=wishes, consents=consents), profile=profile)
    spans = door_spans(there, ON, SHANGHAI)
    ends = [
        one.hour * 3600 + one.minute * 60 for w in (*blocked, *agreed) for one in (w.start, w.end)
    ]
    near = [n + by + off for n in ends for by in (0, -1200) for off in (-1, 0, 1)]
    for second in (*seconds, *(one for one in near if 0 <= one < A_DAY_S)):
        asked = there.closed(MIDNIGHT + timedelta(seconds=second))
        assert reason(at_second(spans, second)) == reason(asked)


def test_rules_are_asked_at_edges_and_not_all_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three hours of law and house with their margin: six ends of each visit's start and end.

    Each is asked for with the second before and after, beside every two hours: well below one
    question each quarter of an hour and a search for each turn, which were some 150.
    """
    asked: list[object] = []

    def counted(rules: RuleSet, attempt: Attempt) -> list[Refusal]:
        asked.append(attempt)
        return refusals(rules, attempt)

    there = a_door()
    monkeypatch.setattr(at_door, "refusals", counted)
    door_spans(there, ON, SHANGHAI)
    assert len(asked) < 80


def test_the_spans_are_the_day_without_a_gap() -> None:
    spans = door_spans(a_door(daily("10:00-12:00")), ON, SHANGHAI)
    assert spans[0].start == MIDNIGHT
    assert spans[-1].end == MIDNIGHT + timedelta(days=1)
    assert all(one.end == two.start for one, two in pairwise(spans))
    assert all(one.closed != two.closed for one, two in pairwise(spans))


def test_a_whole_visit_lies_in_her_hours_to_the_second() -> None:
    """Twenty minutes between ten and twelve: the last may begin at 11:40:00, and not after."""
    spans = door_spans(a_door(daily("10:00-12:00")), ON, SHANGHAI)
    (open_,) = [one for one in spans if one.closed is None]
    assert open_.start == MIDNIGHT + timedelta(hours=10)
    assert open_.end == MIDNIGHT + timedelta(hours=11, minutes=40, seconds=1)


def test_who_is_one_where_two_are_needed_finds_every_minute_shut() -> None:
    spans = door_spans(a_door(members=("ann",)), ON, SHANGHAI)
    assert all(one.closed is not None for one in spans)
    assert any(one.closed is not None and one.closed.why == "crew_size" for one in spans)


def test_every_profile_tells_its_day() -> None:
    for name in TomlProfiles().names():
        made = day([case("k1")], [place()], crews=[crew("ann", "ben")])
        there = door(made, rules_of(name), "b1", "b1-home", crew("ann", "ben"))
        spans = door_spans(there, ON, SHANGHAI)
        for second in range(0, A_DAY_S, 1777):
            asked = there.closed(MIDNIGHT + timedelta(seconds=second))
            assert reason(at_second(spans, second)) == reason(asked), name
