"""A policy as it is typed into a form: texts, whatever they are, and what TOML would tell of them.

A field is called by the path that a fault of it has, as in "rows 2.steps 1.from_days", so that
whatever is wrong is told beside what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict

from data.policy.reading import PRICES
from scheduler.model import BUCKETS
from scheduler.policy import Policy, PolicyRow, Step

MOST_ROWS, MOST_STEPS = 200, 20
"""More are not read from one form."""

CHANCES = tuple(f"p_paid_if_met.{bucket}" for bucket in BUCKETS)
WEIGHTS = (*CHANCES, *PRICES)
"""The fields of the value, by their keys below it."""

WHOLE = re.compile(r"-?\d{1,12}")
NUMBER = re.compile(r"-?\d{1,12}\.\d{1,12}")
Raw = dict[str, Any]
"""What TOML would tell."""


@dataclass(frozen=True)
class TypedStep:
    """A step; what is empty has its default, if it has one."""

    channel: str = ""
    from_days: str = ""
    every_days: str = ""
    most: str = ""
    in_days: str = ""
    script: str = ""


STEP_FIELDS = tuple(each.name for each in fields(TypedStep))


@dataclass(frozen=True)
class TypedRow:
    """A row; products and risks stand one on a line."""

    buckets: tuple[str, ...] = ()
    products: str = ""
    risks: str = ""
    crew_size: str = "1"
    steps: tuple[TypedStep, ...] = (TypedStep(),)


@dataclass(frozen=True)
class Typed:
    """A whole policy; `value` by the keys of `WEIGHTS`."""

    title: str
    source: str
    rows: tuple[TypedRow, ...]
    value: Mapping[str, str] = field(default_factory=dict)


def typed_policy(policy: Policy) -> Typed:
    """Return a policy as its form shows it."""
    prices = policy.prices
    chances = {f"p_paid_if_met.{each}": prices.p_paid_if_met[each] for each in BUCKETS}
    value = chances | {name: getattr(prices, name) for name in PRICES}
    return Typed(
        policy.title,
        policy.source,
        tuple(_typed_row(row) for row in policy.rows),
        {name: _figure(told) for name, told in value.items()},
    )


def _typed_row(row: PolicyRow) -> TypedRow:
    return TypedRow(
        row.buckets,
        "\n".join(row.products),
        "\n".join(row.risks),
        str(row.crew_size),
        tuple(_typed_step(step) for step in row.steps),
    )


def _typed_step(step: Step) -> TypedStep:
    most = "" if step.most is None else str(step.most)
    days = str(step.from_days), str(step.every_days)
    return TypedStep(step.channel.value, *days, most, str(step.in_days), step.script)


def _figure(told: Decimal | int) -> str:
    return f"{told.normalize():f}" if isinstance(told, Decimal) else str(told)


def typed_form(form: MultiDict[str, str]) -> Typed:
    """Return what was typed, and sent."""
    count = min(form.get("rows", 0, type=int), MOST_ROWS)
    return Typed(
        form.get("title", ""),
        form.get("source", ""),
        tuple(_sent_row(form, f"rows {number}") for number in range(1, count + 1)),
        {name: form.get(f"value.{name}", "") for name in WEIGHTS},
    )


def _sent_row(form: MultiDict[str, str], path: str) -> TypedRow:
    count = min(form.get(f"{path}.steps", 0, type=int), MOST_STEPS)
    steps = [f"{path}.steps {number}" for number in range(1, count + 1)]
    return TypedRow(
        tuple(form.getlist(f"{path}.buckets")),
        form.get(f"{path}.products", ""),
        form.get(f"{path}.risks", ""),
        form.get(f"{path}.crew_size", ""),
        tuple(
            TypedStep(*(form.get(f"{step}.{name}", "") for name in STEP_FIELDS)) for step in steps
        ),
    )


def raw(typed: Typed) -> Raw:
    """Return what TOML would tell, for `policy_of`: figures where figures are typed."""
    chances = {bucket: _read(typed.value[f"p_paid_if_met.{bucket}"]) for bucket in BUCKETS}
    prices = {name: _read(typed.value[name]) for name in PRICES}
    return {
        "title": typed.title,
        "source": typed.source,
        "rows": [_raw_row(row) for row in typed.rows],
        "value": {"p_paid_if_met": chances, **prices},
    }


def _raw_row(row: TypedRow) -> Raw:
    return {
        "buckets": list(row.buckets),
        "products": _lines(row.products),
        "risks": _lines(row.risks),
        "crew_size": _read(row.crew_size),
        "steps": [_raw_step(step) for step in row.steps],
    }


def _raw_step(step: TypedStep) -> Raw:
    days = {name: _read(getattr(step, name)) for name in ("every_days", "most", "in_days")}
    return {
        "channel": step.channel or None,
        "from_days": _read(step.from_days),
        **{name: told for name, told in days.items() if told is not None},
        "script": step.script,
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _read(text: str) -> int | Decimal | str | None:
    """Return the figure that is typed, the text where it is none, None where there is nothing.

    Figures of full width, as Chinese keyboards give them, are figures.
    """
    told = unicodedata.normalize("NFKC", text).strip()
    if WHOLE.fullmatch(told):
        return int(told)
    if NUMBER.fullmatch(told):
        return Decimal(told)
    return told or None


def arranged(typed: Typed, act: str, numbers: Sequence[int]) -> Typed:
    """Return what is typed after a row or step was added, moved or removed; counted from 1.

    What is asked of a row that is not there changes nothing.
    """
    rows = list(typed.rows)
    at = numbers[0] - 1 if numbers else -1
    if act == "insert" and 0 <= at <= len(rows):
        rows.insert(at, TypedRow())
    elif not 0 <= at < len(rows):
        return typed
    elif act == "remove":
        del rows[at]
    elif act == "up" and at > 0:
        rows.insert(at - 1, rows.pop(at))
    elif act == "down":
        rows.insert(at + 1, rows.pop(at))
    else:
        rows[at] = _with_steps(rows[at], act, numbers[1:])
    return replace(typed, rows=tuple(rows))


def _with_steps(row: TypedRow, act: str, numbers: Sequence[int]) -> TypedRow:
    steps = list(row.steps)
    if act == "add-step":
        steps.append(TypedStep())
    elif act == "remove-step" and numbers and 0 < numbers[0] <= len(steps):
        del steps[numbers[0] - 1]
    return replace(row, steps=tuple(steps))
