"""What crews' days tell of a city's times, kept as long as its book is the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from data.cities import CityFiles
from data.store.desk import Agencies
from data.store.driven import read_driven
from data.store.kept_figures import standing
from data.store.store import SqlStore
from routing.slots import arrival_s
from routing.travel import UNREACHABLE, Mode, TravelTimes
from scheduler.errors import NotFoundError
from scheduler.figures import Span
from scheduler.forecast import (
    AskedWay,
    Learned,
    Recorded,
    TimesDecision,
    Trial,
    learn,
    recorded,
    trial,
)
from scheduler.forecast import standing as standing_decision
from scheduler.last_asked import LastAsked
from scheduler.ports import Profiles

DAYS = 180
"""So far back days teach: roads and habits change."""

WAYS_AT_ONCE = 200
MOST = 2


@dataclass(frozen=True)
class Times:
    """What is known of a city's times: all that was recorded, what it teaches, and how well."""

    span: Span
    recorded: Recorded
    learned: Learned
    trial: Trial | None
    decisions: tuple[TimesDecision, ...]

    @property
    def in_use(self) -> TimesDecision | None:
        """The decision that plans keep now."""
        return standing_decision(self.decisions)


@dataclass
class TimesBook:
    """Reads a book for what it tells of times, and again only after an event of that city."""

    store: SqlStore
    cities: CityFiles
    profiles: Profiles
    answers: LastAsked[tuple[str, Span, frozenset[str] | None], Times] = field(
        default_factory=lambda: LastAsked(MOST)
    )

    def times(self, city: str, now: datetime, agencies: Agencies = None) -> Times:
        """Return what the last `DAYS` before today tell; with `agencies`, of their crews alone."""
        zone, newest = standing(self.store.engine, city)
        yesterday = now.astimezone(zone).date() - timedelta(days=1)
        span = Span(yesterday - timedelta(days=DAYS - 1), yesterday)
        whose = None if agencies is None else frozenset(agencies)
        question = (city, span, whose)
        return self.answers.get(question, newest, lambda: self._read(city, span, agencies))

    def _read(self, city: str, span: Span, agencies: Agencies) -> Times:
        days = read_driven(self.store.engine, self.profiles, city, span, agencies)
        told = recorded(days, self._roads(city))
        usual_s = self._usual_s(city)
        decisions = tuple(self.store.times_decisions(city))
        return Times(span, told, learn(told, usual_s), trial(told, usual_s), decisions)

    def _usual_s(self, city: str) -> int:
        """Return the length of a visit that people gave: not one that was learned before."""
        service_s = int(self.store.city(city).service.total_seconds())
        for decision in reversed(self.store.times_decisions(city)):
            if decision.taken_back_at is None and decision.learned.service_s == service_s:
                service_s = decision.service_before_s
        return service_s

    def _roads(self, city: str) -> Callable[[Sequence[AskedWay]], list[int | None]]:
        """Return what asks a city's own roads; a server outside is not asked for the past."""

        def ask(ways: Sequence[AskedWay]) -> list[int | None]:
            if self.cities.server(city) is not None:
                return [None] * len(ways)
            try:
                return asked_of(
                    lambda is_working: self.cities.times_unlearned(city, is_working=is_working),
                    ways,
                )
            except NotFoundError:
                return [None] * len(ways)  # its roads are not there any more

        return ask


def asked_of(times_of: Callable[[bool], TravelTimes], ways: Sequence[AskedWay]) -> list[int | None]:
    """Return how long each way takes by the roads of its kind of day; None where none leads."""
    found: list[int | None] = [None] * len(ways)
    alike: dict[tuple[bool, Mode], list[int]] = defaultdict(list)
    for number, way in enumerate(ways):
        alike[way.is_working, way.mode].append(number)
    for (is_working, mode), numbers in alike.items():
        times = times_of(is_working)
        for first in range(0, len(numbers), WAYS_AT_ONCE):
            some = numbers[first : first + WAYS_AT_ONCE]
            for number, took_s in zip(
                some, _asked(times, mode, [ways[i] for i in some]), strict=True
            ):
                found[number] = took_s
    return found


def _asked(times: TravelTimes, mode: Mode, ways: Sequence[AskedWay]) -> list[int | None]:
    spots = list(dict.fromkeys(spot for way in ways for spot in (way.start, way.end)))
    row = {spot: number for number, spot in enumerate(spots)}
    matrix = times.matrix(spots, [mode])
    found: list[int | None] = []
    for way in ways:
        seconds = matrix.seconds[0, :, row[way.start], row[way.end]].tolist()
        there_s = arrival_s(matrix.slot_starts_s, seconds, way.leave_s)
        found.append(None if max(seconds) >= UNREACHABLE else there_s - way.leave_s)
    return found
