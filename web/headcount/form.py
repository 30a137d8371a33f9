"""The form of the question as it was filled in, and back; all that is wrong at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import TypeVar

from routing.travel import Mode as Moves
from scheduler.headcount.feedback import Mode
from scheduler.headcount.figures import Wages
from scheduler.headcount.scenario import Aim, Chances, Pairs, Scenario, Starts, Target
from scheduler.model import BUCKETS, OwnerPolicy
from web.headcount.asked import Question
from web.headcount.levers import (
    ASSUMED,
    CHOICES,
    HUNDRED,
    IN_ORDER,
    NUMBERS,
    SWITCHES,
    TEXTS,
    USUAL,
)
from web.language import t

Word = TypeVar("Word")
Clocks = tuple[time, time] | None

LATEST_DAYS = 365
"""A first day lies at most so far ahead: of later ones nothing is known yet."""


@dataclass
class Form:
    """What was filled in, as it was; `wrong` says by field what to mend."""

    values: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, question: Question | None, tomorrow: date = date.max) -> Form:
        """Return the form that asks a question again, or the usual one.

        A first day after `tomorrow` is asked for again; of an earlier one tomorrow is made.
        """
        values = {name: shown(one.usual) for name, one in NUMBERS.items()}
        values |= {"bucket": USUAL.target.from_bucket, "begins": "", "ends": ""}
        values |= dict.fromkeys([*TEXTS, *SWITCHES], "")
        values |= {name: one.options[0][0] for name, one in CHOICES.items()}
        if question is None:
            return cls(values)
        later = {"first": str(question.first)} if question.first > tomorrow else {}
        return cls(values | _told(question) | later)

    def differing(self) -> list[str]:
        """Return the levers that are not as usual, in the order in which the page has them."""
        return [
            name for name, usual in usual_values() if not _is_same(name, self.values[name], usual)
        ]

    def question(self, first: date) -> Question | None:
        """Return what is asked, from `first` on unless a later day is named; None where wrong."""
        numbers = {name: self._number(name) for name in NUMBERS}
        on, bucket = self._first(first), self.values["bucket"]
        for name in CHOICES:
            self._check(name)
        if bucket not in BUCKETS:
            self.wrong["bucket"] = t("There is no such bucket.")
        if numbers["employed"] > numbers["most"]:
            self.wrong["employed"] = t("This is more than the largest team that might be.")
        if self.values["zones"] and self.values["owners"] not in ("", OwnerPolicy.IGNORED):
            self.wrong["owners"] = t("Districts and owners contradict each other: choose one.")
        hours, evening = (
            self._hours("begins", "ends"),
            self._hours("evening_begins", "evening_ends"),
        )
        also = self._also()
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
            self._chosen("owners", OwnerPolicy),
            numbers["no_show"] / HUNDRED,
            evening,
            also,
            bool(self.values["zones"]),
            self._chosen("pairs", Pairs),
            self._chosen("starts", Starts),
            Chances(self.values["chances"]),
            self.values["profile"] or None,
            self._chosen("moves_by", Moves),
            frozenset(self._listed("hired_skills")) or None,
            replace(ASSUMED, p_kept=numbers["p_kept"] / HUNDRED),
            Aim(self.values["aim"]),
            bool(self.values["renewed"]),
            int(self.values["reserve"]),
        )
        return Question(
            on,
            scenario,
            Wages(numbers["per_shift"], numbers["per_overtime_hour"], numbers["worth"] / HUNDRED),
            numbers["share"] / HUNDRED,
            int(numbers["most"]),
            int(numbers["seed"]),
            Mode(self.values["mode"]),
            int(numbers["paths"]),
        )

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

    def _check(self, name: str) -> None:
        options = CHOICES[name].options
        self.values[name] = self.values[name] or options[0][0]
        if self.values[name] not in {value for value, _ in options}:
            self.wrong[name] = t("There is no such choice.")

    def _chosen(self, name: str, kind: Callable[[str], Word]) -> Word | None:
        return kind(self.values[name]) if self.values[name] else None

    def _first(self, usual: date) -> date:
        text = self.values["first"].strip()
        try:
            first = date.fromisoformat(text) if text else usual
        except ValueError:
            first = date.min
        last = usual + timedelta(days=LATEST_DAYS)
        if not usual <= first <= last:
            told = t("Give a day from %(first)s to %(last)s.", first=str(usual), last=str(last))
            self.wrong["first"] = told
        return first

    def _hours(self, begin: str, end: str) -> Clocks:
        begins, ends = self.values[begin].strip(), self.values[end].strip()
        if not begins and not ends:
            return None
        try:
            hours = time.fromisoformat(begins), time.fromisoformat(ends)
        except ValueError:
            hours = time(0), time(0)
        if hours[0] >= hours[1] or hours[0].tzinfo or hours[1].tzinfo:
            self.wrong[begin] = t("Give both hours, the earlier one first; or none of them.")
            return None
        return hours

    def _also(self) -> tuple[Target, ...]:
        parts = (one.partition(":") for one in self._listed("also"))
        targets = [(bucket.strip().upper(), days.strip()) for bucket, _, days in parts]
        most = int(NUMBERS["within"].high)
        for bucket, days in targets:
            is_number = days.isdecimal() and 1 <= int(days) <= most
            if bucket not in BUCKETS or not is_number:
                self.wrong["also"] = t("Write M4:7 for from M4 on within 7 days, with commas.")
                return ()
        return tuple(Target(bucket, int(days)) for bucket, days in targets)

    def _listed(self, name: str) -> list[str]:
        text = self.values[name].replace("，", ",").replace("：", ":")
        return [one.strip() for one in text.split(",") if one.strip()]


def filled(told: Mapping[str, str]) -> Form:
    """Return the form as somebody has sent it."""
    form = Form.of(None)
    form.values |= {name: told.get(name, "") for name in form.values}
    return form


def usual_values() -> list[tuple[str, str]]:
    """Return every lever with what it is as usual, in the order in which the page has them."""
    values = Form.of(None).values
    return [(name, values[name]) for name in IN_ORDER]


def _is_same(name: str, written: str, usual: str) -> bool:
    """Whether a lever is as usual: nothing said is the usual, and 14.0 is 14."""
    value = written.strip()
    if value in ("", usual):
        return value == usual or name in NUMBERS or name in CHOICES
    try:
        return name in NUMBERS and float(value) == float(usual)
    except ValueError:
        return False


def shown(value: float) -> str:
    """Write a number as a field shows it: 95, 2.5."""
    return f"{value:.10g}"


def _told(question: Question) -> dict[str, str]:
    asked = question.scenario
    numbers: dict[str, float] = {
        "within": asked.target.within_days,
        "employed": asked.employed,
        "share": question.share * HUNDRED,
        "days_a_week": asked.days_a_week,
        "absence": asked.absence * HUNDRED,
        "no_show": asked.no_show * HUNDRED,
        "growth": asked.growth * HUNDRED,
        "p_kept": asked.assumed.p_kept * HUNDRED,
        "most": question.most,
        "per_shift": question.wages.per_shift,
        "per_overtime_hour": question.wages.per_overtime_hour,
        "worth": question.wages.worth * HUNDRED,
        "seed": question.seed,
        "paths": question.paths,
    }
    return {name: shown(value) for name, value in numbers.items()} | _words(question)


def _words(question: Question) -> dict[str, str]:
    asked = question.scenario
    begins, ends = _clocks(asked.hours)
    evening_begins, evening_ends = _clocks(asked.evening)
    return {
        "bucket": asked.target.from_bucket,
        "begins": begins,
        "ends": ends,
        "evening_begins": evening_begins,
        "evening_ends": evening_ends,
        "weekends": "yes" if asked.weekends else "",
        "zones": "yes" if asked.zones else "",
        "renewed": "yes" if asked.renewed else "",
        "owners": asked.owners or "",
        "pairs": asked.pairs or "",
        "starts": asked.starts or "",
        "moves_by": asked.moves_by or "",
        "chances": asked.chances,
        "aim": asked.aim,
        "reserve": str(asked.reserve),
        "profile": asked.profile or "",
        "mode": question.mode,
        "also": ", ".join(f"{one.from_bucket}:{one.within_days}" for one in asked.also),
        "hired_skills": ", ".join(sorted(asked.hired_skills or ())),
    }


def _clocks(hours: Clocks) -> tuple[str, str]:
    return (f"{hours[0]:%H:%M}", f"{hours[1]:%H:%M}") if hours else ("", "")
