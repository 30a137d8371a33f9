"""A policy as TOML, so that equal policies have equal text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from decimal import Decimal
from hashlib import sha256
from typing import Any

from scheduler.policy import Policy, PolicyRow, Step


def policy_text(policy: Policy) -> str:
    """Return what `read_policy` reads as this policy."""
    return "\n".join(_lines(policy)) + "\n"


def digest(policy: Policy) -> str:
    """Return what is another as soon as a policy says something else."""
    return sha256(policy_text(policy).encode()).hexdigest()


def _lines(policy: Policy) -> Iterator[str]:
    for name in ("title", "source"):
        yield f"{name} = {_value(getattr(policy, name))}"
    for row in policy.rows:
        yield from _row(row)
    yield from ("", "[value]")
    for each in fields(policy.prices):
        yield f"{each.name} = {_value(getattr(policy.prices, each.name))}"


def _row(row: PolicyRow) -> Iterator[str]:
    yield from ("", "[[rows]]")
    for name in ("buckets", "products", "risks"):
        if listed := getattr(row, name):
            yield f"{name} = {_value(listed)}"
    yield f"crew_size = {row.crew_size}"
    yield "steps = ["
    yield from (f"    {_step(step)}," for step in row.steps)
    yield "]"


def _step(step: Step) -> str:
    told = ((each.name, getattr(step, each.name)) for each in fields(step))
    parts = ", ".join(
        f"{name} = {_value(value)}" for name, value in told if value not in (None, "")
    )
    return f"{{ {parts} }}"


def _value(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, int):
        return str(value)
    return f"{{ {', '.join(f'{key} = {_value(one)}' for key, one in sorted(value.items()))} }}"
