"""From a policy's TOML to the policy, or to all of its faults at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from functools import lru_cache
from typing import Any

from data.policy.coverage import coverage_faults
from data.policy.parts import Fault, Parts
from data.toml_text import TomlError, parse_toml
from scheduler.contacts import Channel
from scheduler.errors import DayroundError
from scheduler.model import BUCKETS
from scheduler.policy import Policy, PolicyRow, Step
from scheduler.value import VisitPrices

HEAD = ("title", "source")
PARTS = ("rows", "value")
OF_ROW = ("buckets", "products", "risks", "crew_size", "steps")
OF_STEP = ("channel", "from_days", "every_days", "most", "in_days", "script")
PRICES = tuple(each.name for each in fields(VisitPrices) if each.name != "p_paid_if_met")
WHOLE = tuple(each.name for each in fields(VisitPrices) if isinstance(each.default, int))
"""Weights that are whole numbers; the others are money or shares."""

MOST_DAYS = 3650
MOST_MONEY = Decimal(1_000_000)
MOST_CREW = 9


class InvalidPolicyError(DayroundError, ValueError):
    """A policy has faults; each line of the message names the file and the key."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(f"{name}: {fault}" for fault in faults))
        self.faults = tuple(faults)


@lru_cache(maxsize=200)
def read_policy(text: str, name: str = "policy") -> Policy:
    """Read a policy; the same text is read once.

    Raises
    ------
    InvalidPolicyError
        Where it has faults; all of them are named.
    """
    try:
        raw = parse_toml(text, parse_float=Decimal)
    except TomlError as error:
        raise InvalidPolicyError(name, [Fault("", str(error))]) from error
    return policy_of(raw, name)


def policy_of(raw: Mapping[str, Any], name: str = "policy") -> Policy:
    """Make a policy of what TOML or a form tells; InvalidPolicyError as `read_policy`."""
    told = Parts(raw)
    told.refuse_unknown((*HEAD, *PARTS))
    policy = Policy(
        title=told.text("title"),
        source=told.text("source"),
        rows=tuple(_row(row) for row in told.tables("rows")),
        prices=_prices(told.table("value")),
    )
    faults = told.faults or list(coverage_faults(policy.rows))
    if faults:
        raise InvalidPolicyError(name, faults)
    return policy


def _row(told: Parts) -> PolicyRow:
    told.refuse_unknown(OF_ROW)
    steps = tuple(_step(step) for step in told.tables("steps"))
    channels = [step.channel for step in steps]
    for channel in sorted({one for one in channels if channels.count(one) > 1}):
        told.fault("steps", f"{channel} stands twice")
    return PolicyRow(
        steps=steps,
        buckets=told.words("buckets", BUCKETS),
        products=told.words("products"),
        risks=told.words("risks"),
        crew_size=told.whole("crew_size", 1, MOST_CREW, 1),
    )


def _step(told: Parts) -> Step:
    told.refuse_unknown(OF_STEP)
    return Step(
        channel=told.word("channel", Channel),
        from_days=told.whole("from_days", 0, MOST_DAYS),
        every_days=told.whole("every_days", 1, 365, 1),
        most=told.whole("most", 1, 1000) if told.has("most") else None,
        in_days=told.whole("in_days", 1, 365, 30),
        script=told.text("script", ""),
    )


def _prices(told: Parts) -> VisitPrices:
    told.refuse_unknown(("p_paid_if_met", *PRICES))
    usual = VisitPrices()
    values: dict[str, Any] = {}
    for name in PRICES:
        default = getattr(usual, name)
        most = Decimal(1) if name == "score_weight" else MOST_MONEY
        values[name] = (
            told.whole(name, 0, MOST_DAYS, default)
            if name in WHOLE
            else told.number(name, most, default)
        )
    if told.has("p_paid_if_met"):
        chances = told.table("p_paid_if_met")
        chances.refuse_unknown(BUCKETS)
        values["p_paid_if_met"] = {each: chances.number(each, Decimal(1)) for each in BUCKETS}
    return VisitPrices(**values)
