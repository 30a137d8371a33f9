"""What a question asks besides the usual, in words: so that answers can be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.headcount.feedback import Mode
from scheduler.headcount.paths import PATHS
from scheduler.headcount.scenario import Scenario
from web.formats import percent_asked
from web.headcount.asked import Question
from web.headcount.form import Form
from web.headcount.levers import ASSUMED, CHOICES, SWITCHES
from web.language import t, tn

TOLD_BEFORE = ("owners", "weekends")
"""Levers that the page tells of by itself."""


def besides(question: Question) -> list[str]:
    """Return the levers that are not as usual, each in words."""
    values = Form.of(question).values
    told = [
        t(
            "%(lever)s: %(choice)s",
            lever=str(one.label),
            choice=str(dict(one.options)[values[name]]),
        )
        for name, one in CHOICES.items()
        if name not in TOLD_BEFORE and values[name] not in ("", one.options[0][0])
    ]
    switched = [
        str(label)
        for name, (label, _) in SWITCHES.items()
        if name not in TOLD_BEFORE and values[name]
    ]
    return [
        *_targets(question.scenario),
        *told,
        *switched,
        *_others(question.scenario),
        *_paths(question),
    ]


def _targets(asked: Scenario) -> Iterator[str]:
    for one in asked.also:
        yield t(
            "and from %(bucket)s on within %(days)d days",
            bucket=one.from_bucket,
            days=one.within_days,
        )


def _others(asked: Scenario) -> Iterator[str]:
    if asked.evening:
        begins, ends = (f"{one:%H:%M}" for one in asked.evening)
        yield t("evening shifts %(begins)s–%(ends)s", begins=begins, ends=ends)
    if asked.no_show:
        yield t("%(share)s no-shows", share=percent_asked(asked.no_show))
    if asked.assumed.p_kept != ASSUMED.p_kept:
        yield t("%(share)s of promises kept", share=percent_asked(asked.assumed.p_kept))
    if asked.hired_skills:
        yield t("hired with %(skills)s", skills=", ".join(sorted(asked.hired_skills)))


def _paths(question: Question) -> Iterator[str]:
    if question.mode is Mode.EXECUTION and question.paths != PATHS:
        yield tn("%(num)d path of the book", "%(num)d paths of the book", question.paths)
