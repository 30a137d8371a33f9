"""Planned times against true ones, as programs and the command line are told of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import Field

from data.times import Times
from scheduler.forecast import Errors, Group, Off, TimesDecision, Trial, by_hour, grouped
from web.api.v1.models import Told


class OffTold(Told):
    """How far forecasts were off, in seconds; null where there were fewer than five."""

    of: int
    mae_s: float | None = Field(description="The mean distance from the truth.")
    mape: float | None = Field(description="The same as a share of the truth.")
    bias_s: float | None = Field(description="How much longer the truth was on average.")


class WaysTold(Told):
    """Ways of an hour, a district or a mode: what they were to take, and took."""

    name: str | None = Field(description="null is of small groups together.")
    planned_s: float
    took_s: float
    off: OffTold


class LengthTold(Told):
    """How long visits last: the middle, and between what four of five lie."""

    place_kind: str | None = Field(description="null is of all places.")
    was_met: bool
    of: int
    median_s: float
    span_s: tuple[float, float]


class ErrorsTold(Told):
    """Errors on days held back."""

    ways: OffTold
    visits: OffTold
    ends: OffTold = Field(description="Of the end of crews' days.")
    in_p90: int | None = Field(
        description="Ends by the second that was to hold in nine of ten; null of fewer than five."
    )


class TrialTold(Told):
    """Errors on days that were not learned from: as plans told, and as learned."""

    first: date
    last: date
    as_told: ErrorsTold
    as_learned: ErrorsTold


class PaceTold(Told):
    """How many times as long ways of a mode take as roads say, from a second of the day on."""

    mode: str
    from_s: int
    pace: float


class AreaTold(Told):
    """How many times as long ways to a district take beside that."""

    district: str
    pace: float


class LearnedTold(Told):
    """What recorded days teach."""

    ways: int
    visits: int
    service_s: int = Field(description="What a visit lasts on average.")
    spread_of_ways: float = Field(description="Standard deviation of the logarithm.")
    spread_of_days: float
    lengths: list[LengthTold]
    paces: list[PaceTold]
    areas: list[AreaTold]


class InUse(Told):
    """The decision that plans keep now."""

    id: int
    first: date
    last: date
    ways: int
    visits: int


class SetAside(Told):
    """What was not learned from, and why."""

    reason: str
    count: int


class TimesTold(Told):
    """Planned times against true ones; nobody's name, and no door."""

    city: str
    first: date
    last: date
    ways: int
    visits: int
    by_hour: list[WaysTold]
    by_district: list[WaysTold]
    by_mode: list[WaysTold]
    set_aside: list[SetAside]
    learned: LearnedTold
    trial: TrialTold | None = Field(description="null where one day alone is known.")
    in_use: InUse | None = Field(description="null: plans keep what roads say.")


def times_told(city: str, times: Times) -> TimesTold:
    """Return what the page of times shows."""
    legs, used = times.recorded.legs, times.in_use
    return TimesTold(
        city=city,
        first=times.span.first,
        last=times.span.last,
        ways=len(legs),
        visits=len(times.recorded.lengths),
        by_hour=ways_told(by_hour(legs)),
        by_district=ways_told(grouped(legs, lambda leg: leg.district)),
        by_mode=ways_told(grouped(legs, lambda leg: leg.mode)),
        set_aside=[SetAside(reason=why, count=n) for why, n in times.recorded.aside.items()],
        learned=learned_told(times),
        trial=trial_told(times.trial) if times.trial else None,
        in_use=in_use(used) if used else None,
    )


def in_use(used: TimesDecision) -> InUse:
    taught = used.learned
    return InUse(
        id=used.id, first=used.first, last=used.last, ways=taught.legs, visits=taught.visits
    )


def ways_told(groups: Sequence[Group]) -> list[WaysTold]:
    return [
        WaysTold(
            name=None if one.key is None else str(one.key),
            planned_s=one.planned_s,
            took_s=one.took_s,
            off=off_told(one.off),
        )
        for one in groups
    ]


def off_told(off: Off) -> OffTold:
    return OffTold(of=off.of, mae_s=off.mae_s, mape=off.mape, bias_s=off.bias_s)


def trial_told(trial: Trial) -> TrialTold:
    return TrialTold(
        first=trial.first,
        last=trial.last,
        as_told=errors_told(trial.told),
        as_learned=errors_told(trial.learned),
    )


def errors_told(errors: Errors) -> ErrorsTold:
    return ErrorsTold(
        ways=off_told(errors.legs),
        visits=off_told(errors.visits),
        ends=off_told(errors.ends),
        in_p90=errors.in_p90,
    )


def learned_told(times: Times) -> LearnedTold:
    """Return paces, lengths and spreads."""
    learned = times.learned
    paces = learned.paces
    return LearnedTold(
        ways=learned.legs,
        visits=learned.visits,
        service_s=learned.service_s,
        spread_of_ways=learned.spreads.leg,
        spread_of_days=learned.spreads.day,
        lengths=[
            LengthTold(
                place_kind=one.kind,
                was_met=one.was_met,
                of=one.of,
                median_s=one.length.median_s,
                span_s=one.length.span_s,
            )
            for one in learned.lengths
        ],
        paces=[
            PaceTold(mode=one.mode, from_s=start_s, pace=pace)
            for one in paces.of_modes
            for start_s, pace in zip(paces.starts_s, one.paces, strict=True)
        ],
        areas=[AreaTold(district=one.name, pace=one.pace) for one in paces.areas],
    )
