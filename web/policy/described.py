"""A policy in words, line by line, so that two versions can be laid side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from difflib import unified_diff

from scheduler.policy import Policy, PolicyRow, Step
from web.language import t
from web.policy.words import CHANNELS, KEYS


def changed_lines(before: Policy, after: Policy) -> list[str]:
    """Return the lines that go, with '-', and that come, with '+', in the visitor's language."""
    old, new = list(described(before)), list(described(after))
    lines = list(unified_diff(old, new, lineterm="", n=0))[2:]
    return [line for line in lines if not line.startswith("@@")]


def described(policy: Policy) -> Iterator[str]:
    """Yield a policy's lines; each says by itself what it is about."""
    for name in ("title", "source"):
        yield told(name, t(getattr(policy, name)))
    for row in policy.rows:
        whom = for_whom(row)
        yield t("%(whom)s: %(size)s go together", whom=whom, size=row.crew_size)
        for step in row.steps:
            yield t("%(whom)s: %(step)s", whom=whom, step=in_words(step))
        if not row.steps:
            yield t("%(whom)s: %(step)s", whom=whom, step=t("nothing is done"))
    for each in fields(policy.prices):
        value = getattr(policy.prices, each.name)
        if isinstance(value, Decimal | int):
            yield told(each.name, figure(value))
        else:
            for bucket, chance in value.items():
                yield told(each.name, f"{bucket} {figure(chance)}")


def for_whom(row: PolicyRow) -> str:
    """Return the cases of a row: "M1, M2, *car*"."""
    lists = (row.buckets, row.products, row.risks)
    told = [t(", ").join(one) for one in lists if one]
    return " · ".join(told) or t("all")


def in_words(step: Step) -> str:
    """Return a step: "visit from day 31 past due on, every 3 days, at most 4 in 30 days"."""
    parts = [
        t(
            "%(channel)s from %(days)s days past due on, %(every)s days between",
            channel=CHANNELS[step.channel],
            days=step.from_days,
            every=step.every_days,
        )
    ]
    if step.most is not None:
        parts.append(t("at most %(most)s in %(days)s days", most=step.most, days=step.in_days))
    if step.script:
        parts.append(told("script", step.script))
    return t(", ").join(parts)


def told(key: str, value: str) -> str:
    return f"{KEYS[key]}{t(': ')}{value}"


def figure(value: Decimal | int) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
