"""The form of the question: three levers, and the rest under *more*; all that is wrong at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from flask_babel import LazyString

from scheduler.headcount.figures import Wages
from scheduler.headcount.question import ENOUGH
from scheduler.headcount.scenario import Scenario, Target
from scheduler.model import BUCKETS, OwnerPolicy
from web.headcount.asked import MOST, Question
from web.language import lazy_t, t

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is asked for, from `low` to `high`; a percentage is a share in the question."""

    label: LazyString
    low: float
    high: float
    usual: float
    is_whole: bool = True


USUAL, WAGES = Scenario(0), Wages()
NUMBERS: Mapping[str, Number] = {
    "within": Number(lazy_t("Within days"), 1, 60, USUAL.target.within_days),
    "employed": Number(lazy_t("Show a team of"), 0, 500, 0),
    "share": Number(lazy_t("Share that is enough, in percent"), 1, 100, ENOUGH * HUNDRED, False),
    "days_a_week": Number(lazy_t("Days a week that each works"), 1, 7, USUAL.days_a_week),
    "absence": Number(
        lazy_t("Shifts that nobody comes to, in percent"), 0, 100, USUAL.absence * HUNDRED, False
    ),
    "growth": Number(
        lazy_t("New borrowers a week, in percent"), 0, 100, USUAL.growth * HUNDRED, False
    ),
    "most": Number(lazy_t("Largest team that might be"), 1, 500, MOST),
    "per_shift": Number(lazy_t("Cost of a shift"), 0, 100_000, WAGES.per_shift, False),
    "per_overtime_hour": Number(
        lazy_t("Cost of an hour of overtime"), 0, 100_000, WAGES.per_overtime_hour, False
    ),
    "seed": Number(lazy_t("Seed of chance"), 0, 2**31 - 1, 0),
}
LEVERS = ("within", "employed")
"""The first numbers; the hours stand beside them."""


@dataclass
class Form:
    """What was filled in, as it was; `wrong` says by field what to mend."""

    values: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, question: Question | None) -> Form:
        """Return the form that asks a question again, or the usual one."""
        values = {name: shown(one.usual) for name, one in NUMBERS.items()}
        values |= {"bucket": USUAL.target.from_bucket, "begins": "", "ends": ""}
        values |= {"weekends": "", "owners": ""}
        return cls(values if question is None else values | _told(question))

    def question(self, first: date) -> Question | None:
        """Return what is asked; None where something is `wrong`."""
        numbers = {name: self._number(name) for name in NUMBERS}
        hours, bucket, owners = self._hours(), self.values["bucket"], self.values["owners"]
        if bucket not in BUCKETS:
            self.wrong["bucket"] = t("There is no such bucket.")
        if owners and owners not in set(OwnerPolicy):
            self.wrong["owners"] = t("There is no such choice.")
        if numbers["employed"] > numbers["most"]:
            self.wrong["employed"] = t("This is more than the largest team that might be.")
        if self.wrong:
            return None
        scenario = Scenario(
            int(numbers["employed"]),
            Target(bucket, int(numbers["within"])),
            hours,
            int(numbers["days_a_week"]),
            bool(self.values["weekends"]),
            numbers["absence"] / HUNDRED,
            numbers["growth"] / HUNDRED,
            OwnerPolicy(owners) if owners else None,
        )
        wages = Wages(numbers["per_shift"], numbers["per_overtime_hour"])
        share = numbers["share"] / HUNDRED
        return Question(first, scenario, wages, share, int(numbers["most"]), int(numbers["seed"]))

    def _number(self, name: str) -> float:
        asked, text = NUMBERS[name], self.values[name].strip()
        try:
            value = float(text or asked.usual)
        except ValueError:
            value = float("nan")
        is_fit = asked.low <= value <= asked.high and not (asked.is_whole and value % 1)
        if not is_fit:
            low, high = shown(asked.low), shown(asked.high)
            self.wrong[name] = t("Give a number from %(low)s to %(high)s.", low=low, high=high)
        return value if is_fit else asked.usual

    def _hours(self) -> tuple[time, time] | None:
        begins, ends = self.values["begins"].strip(), self.values["ends"].strip()
        if not begins and not ends:
            return None
        try:
            hours = time.fromisoformat(begins), time.fromisoformat(ends)
        except ValueError:
            hours = time(0), time(0)
        if hours[0] >= hours[1] or hours[0].tzinfo or hours[1].tzinfo:
            self.wrong["begins"] = t("Give both hours, the earlier one first; or none of them.")
            return None
        return hours


def filled(told: Mapping[str, str]) -> Form:
    """Return the form as somebody has sent it."""
    form = Form.of(None)
    form.values |= {name: told.get(name, "") for name in form.values}
    return form


def shown(value: float) -> str:
    """Write a number as a field shows it: 95, 2.5."""
    return f"{value:.10g}"


def _told(question: Question) -> dict[str, str]:
    asked, hours = question.scenario, question.scenario.hours
    numbers: dict[str, Any] = {
        "within": asked.target.within_days,
        "employed": asked.employed,
        "share": question.share * HUNDRED,
        "days_a_week": asked.days_a_week,
        "absence": asked.absence * HUNDRED,
        "growth": asked.growth * HUNDRED,
        "most": question.most,
        "per_shift": question.wages.per_shift,
        "per_overtime_hour": question.wages.per_overtime_hour,
        "seed": question.seed,
    }
    begins, ends = (f"{at:%H:%M}" for at in hours) if hours else ("", "")
    return {name: shown(value) for name, value in numbers.items()} | {
        "bucket": asked.target.from_bucket,
        "begins": begins,
        "ends": ends,
        "weekends": "yes" if asked.weekends else "",
        "owners": asked.owners or "",
    }
