"""What the use cases need from outside, in memory: one city's book, its roads and its addresses.

The fakes keep the promises of `scheduler.ports`: a transaction happens whole or not at all, and
whoever looks for roads, addresses or a plan while one is open is found out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, cast

from data.profiles import TomlProfiles
from routing.gazetteer.own_place import OwnPlace
from routing.gazetteer.private import address_key
from routing.geocoding import GeocodeResult, Precision
from routing.sources.straight_line import StraightLineTimes
from routing.travel import Mode, Spot, TravelMatrix
from scheduler.day import Day
from scheduler.errors import ConflictError, NotFoundError
from scheduler.forecast.deciding import TimesDecision
from scheduler.model import City, Crew, Place
from scheduler.ports import AddressOverride, By, Event, NewPlan, PlanRecord, PlanStatus, Store, Told
from scheduler.service import Ports
from scheduler.signing import Signature

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@dataclass
class FakeStore:
    """Fulfils of `scheduler.ports.Store` what the use cases of a day ask, for the city of `book`.

    Its fields hold tuples that are replaced, never changed, so that a transaction that fails is
    taken back by taking back the fields. `book.on` does not matter.
    """

    book: Day
    crews: dict[date, tuple[Crew, ...]] = field(default_factory=dict)
    records: tuple[PlanRecord, ...] = ()
    log: tuple[Event, ...] = ()
    decided: Mapping[str, AddressOverride] = field(default_factory=dict)
    signed: tuple[Signature, ...] = ()
    heard: Mapping[date, Told] = field(default_factory=dict)
    is_writing: bool = False

    @contextmanager
    def writing(self, by: By) -> Iterator[FakeWriter]:
        assert not self.is_writing, "a transaction is open already"
        before = dict(vars(self), crews=dict(self.crews))
        self.is_writing = True
        try:
            yield FakeWriter(self, by)
        except BaseException:
            vars(self).update(before)
            raise
        finally:
            self.is_writing = False

    def city(self, name: str) -> City:
        if name != self.book.city.name:
            raise NotFoundError(f"there is no city {name!r}; there is {self.book.city.name}")
        return self.book.city

    def open_day(self, city: str, on: date) -> Day:
        self.city(city)
        assert not self.is_writing, "a snapshot is read before the transaction that uses it"
        shifts = [s for s in self.book.shifts if s.window.start.date() == on]
        return replace(self.book, on=on, shifts=shifts, crews=self.crews.get(on, ()))

    def times_decisions(self, city: str) -> list[TimesDecision]:
        self.city(city)
        return []

    def recent_crews(self, city: str, before: date) -> list[tuple[date, tuple[str, ...]]]:
        self.city(city)
        return [
            (on, crew.members)
            for on in sorted(self.crews, reverse=True)
            if on < before
            for crew in self.crews[on]
        ]

    def unplaced(self, city: str) -> list[Place]:
        self.city(city)
        return [place for place in self.book.places if place.is_valid and place.point is None]

    def overrides(self, city: str) -> Mapping[str, AddressOverride]:
        self.city(city)
        return self.decided

    def signatures(self, city: str) -> tuple[Signature, ...]:
        self.city(city)
        return self.signed

    def plan(self, city: str, on: date, version: int | None = None) -> PlanRecord:
        found = [r for r in self.plans(city, on) if version in (None, r.version)]
        if not found:
            raise NotFoundError(f"there is no plan of {city} on {on}, version {version}")
        return found[-1]

    def told(self, city: str, on: date) -> Told:
        self.city(city)
        return self.heard.get(on, Told())

    def plans(self, city: str, on: date) -> list[PlanRecord]:
        self.city(city)
        return [record for record in self.records if record.content.on == on]


@dataclass(frozen=True)
class FakeWriter:
    """Fulfils of `scheduler.ports.Writer` what the use cases of a day ask."""

    store: FakeStore
    by: By

    def put_positions(self, city: str, found: Mapping[Place, GeocodeResult]) -> None:
        book = self.store.book
        places = tuple(_placed(place, found.get(place)) for place in book.places)
        self.store.book = replace(book, places=places)
        self._note("places.put", city)

    def undo_override(self, city: str, id: int) -> AddressOverride:
        undone = next(one for one in self.store.decided.values() if one.id == id)
        book, key = self.store.book, undone.address_key
        self.store.decided = {k: one for k, one in self.store.decided.items() if k != key}
        places = tuple(_unplaced(p) if address_key(p.address) == key else p for p in book.places)
        self.store.book = replace(book, places=places)
        self._note("address.undone", city)
        return undone

    def sign_profile(
        self, city: str, profile: str, version: str, digest: str, rules: Sequence[str]
    ) -> None:
        who, at = self.by.actor, self.by.at
        signed = Signature(city, profile, version, digest, tuple(rules), who, at)
        self.store.signed = (*self.store.signed, signed)
        self._note("profile.signed", profile)

    def put_crews(self, city: str, on: date, crews: Sequence[Crew]) -> None:
        self.store.crews = {**self.store.crews, on: tuple(crews)}
        self._note("crews.put", f"{city} {on}")

    def add_plan(
        self, new: NewPlan, based_on: int | None = None, job: int | None = None
    ) -> PlanRecord:
        version = len(self.store.plans(new.city, new.on)) + 1
        id_ = len(self.store.records) + 1
        record = PlanRecord(
            id_, version, PlanStatus.DRAFT, self.by, new, based_on=based_on, job=job
        )
        self.store.records = (*self.store.records, record)
        self._note("plan.added", f"{new.city} {new.on} v{version}")
        return record

    def publish(self, plan_id: int, note: str) -> PlanRecord:
        draft = next(record for record in self.store.records if record.id == plan_id)
        if draft.state is not PlanStatus.DRAFT:
            raise ConflictError(f"version {draft.version} is {draft.state}, not a draft")
        published = replace(draft, state=PlanStatus.PUBLISHED, published=self.by, note=note)
        self.store.records = tuple(
            published if record.id == plan_id else _superseded(record, draft.content.on)
            for record in self.store.records
        )
        self._note("plan.published", f"{draft.content.city} {draft.content.on} v{draft.version}")
        return published

    def _note(self, kind: str, subject: str) -> None:
        event = Event(self.by.at, self.by.actor, kind, subject)
        self.store.log = (*self.store.log, event)


def _placed(place: Place, result: GeocodeResult | None) -> Place:
    if result is None:
        return place
    point, precision, radius_m = result.point, result.precision, result.radius_m
    return replace(place, point=point, precision=precision, radius_m=radius_m)


def _unplaced(place: Place) -> Place:
    return replace(place, point=None, precision=Precision.NONE)


def _superseded(record: PlanRecord, on: date) -> PlanRecord:
    is_earlier = record.content.on == on and record.state is PlanStatus.PUBLISHED
    return replace(record, state=PlanStatus.SUPERSEDED) if is_earlier else record


@dataclass
class FakeCities:
    """Fulfils `scheduler.ports.Cities`: straight roads, and addresses that a test writes down.

    An address that is not in `known` is not found; one that is an error is raised.
    """

    store: FakeStore
    known: dict[str, GeocodeResult | Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def travel_times(self, city: str, *, is_working: bool = True) -> FakeCities:  # noqa: ARG002
        self.store.city(city)
        return self

    def matrix(self, spots: Sequence[Spot], modes: Sequence[Mode]) -> TravelMatrix:
        assert not self.store.is_writing, "roads are asked for while a transaction is open"
        return StraightLineTimes().matrix(spots, modes)

    def geocoder(self, city: str) -> FakeCities:
        self.store.city(city)
        return self

    def geocoder_with(self, city: str, places: Sequence[OwnPlace]) -> FakeCities:
        """Return one that finds the addresses of which `places` have the whole text as name."""
        own: dict[str, GeocodeResult | Exception] = {
            place.name: GeocodeResult(place.point, Precision.COMPOUND, place.radius_m, "fake")
            for place in places
        }
        return replace(self.geocoder(city), known=self.known | own)

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = None) -> Any:
        raise AssertionError(f"ours are asked by `locate`: {query, exactly_one, timeout}")

    def locate(self, query: str) -> GeocodeResult:
        assert not self.store.is_writing, "an address is looked up while a transaction is open"
        self.asked.append(query)
        found = self.known.get(query)
        if isinstance(found, Exception):
            raise found
        return found or GeocodeResult(None, Precision.NONE, 0.0, "fake", unmatched=query)


def fake_ports(book: Day, clock: Callable[[], datetime] = lambda: NOW) -> Ports:
    """Return the ports of a book, with the rule profiles that lie in the project."""
    store = FakeStore(book)
    return Ports(cast(Store, store), FakeCities(store), TomlProfiles(), clock)
