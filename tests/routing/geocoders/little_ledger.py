"""A clock that a test turns, and accounts and answers that are forgotten with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from routing.geocoders.limiter import Account
from routing.geocoding import GeocodeResult

BEGINNING = datetime(2026, 11, 22, 8, tzinfo=UTC)


@dataclass
class LittleClock:
    """Tells the present, which passes while somebody sleeps."""

    at: datetime = BEGINNING
    slept_s: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept_s.append(seconds)
        self.at += timedelta(seconds=seconds)

    @property
    def passed_s(self) -> float:
        return (self.at - BEGINNING).total_seconds()


@dataclass
class LittleLedger:
    accounts: dict[str, Account] = field(default_factory=dict)

    @contextmanager
    def account(self, name: str) -> Iterator[Account]:
        yield self.accounts.setdefault(name, Account())


@dataclass
class LittleAnswers:
    kept: dict[tuple[str, str], GeocodeResult] = field(default_factory=dict)

    def find(self, service: str, key: str) -> GeocodeResult | None:
        return self.kept.get((service, key))

    def keep(self, service: str, key: str, answer: GeocodeResult) -> None:
        self.kept[service, key] = answer
