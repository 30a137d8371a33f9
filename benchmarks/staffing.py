"""Learned availability beside the usual way, and what a simulated day is worth.

Towns have a hidden truth that the simulator alone reads (docs/staffing.md). After thirty days the
same week is planned four ways, by the same people in the same shifts.

Without differences in the truth the ways plan the same mornings: on paths of their own, luck alone
has them two percent apart, and one percent is asked. With differences each way keeps its own path,
since whom it has met it does not meet again: that costs a sureness that such gains do not need.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from statistics import fmean

from benchmarks.measure import Measure, Run, Series
from benchmarks.staffing_pace import SOME_HEADCOUNTS, execution, feedback
from benchmarks.staffing_sure import SEARCH_S, bands, sure
from benchmarks.staffing_ways import Setting, Way, met_in_town

SEEDS, FEW_SEEDS = (1, 2, 3, 4, 5), (1, 2)
TOWN = Setting()
LITTLE = Setting(
    cases=120, collectors=4, known_days=14, days=7, replications=50, search_s=0.5
)  # fmt: skip
ALL, THE_SAME = tuple(Way), (Way.WINDOWS, Way.LEARNED)
THE_SAME_AND_USUAL = (Way.USUAL, *THE_SAME)
OTHERS = (Way.USUAL, Way.WINDOWS, Way.PRIORS)
OTHER_TRUTHS = ("contradicting", "changing")


def measures() -> Iterator[Measure]:
    runs = _runs("usual", ALL, SEEDS)
    for other in OTHERS:
        yield Measure(f"learned beside {other}", "×", Series(f"beside {other}", runs))
        yield Measure(
            f"learned beside {other}, paid hours", "×", Series(f"beside {other}, paid", runs)
        )
    for way in ALL:
        for figure in ("met, shift hour", "met, paid hour", "visits, shift hour"):
            yield Measure(f"{way}: {figure}", "per h", Series(f"{way}: {figure}", runs))
        yield Measure(f"{way}: of the shift paid", "", Series(f"{way}: of the shift paid", runs))
    true = Series(f"{Way.LEARNED}: P90 true", runs)
    yield Measure("P90 of finish true", "%", true, average=fmean)
    yield Measure("P90 of finish true, off 90", "%", true, average=off_ninety)
    yield from _late()
    yield from _without_differences()
    yield from _other_truths()
    yield from _quick()
    yield from _pace()


def off_ninety(shares: Sequence[float]) -> float:
    """Return how far the mean of shares in percent lies from 90."""
    return abs(fmean(shares) - 90)


def apart(ratios: Sequence[float]) -> float:
    """Return how many percent the mean of ratios lies from 1, to either side."""
    return 100 * abs(fmean(ratios) - 1)


def _late() -> Iterator[Measure]:
    """Yield the same in shifts that reach into the evening."""
    setting = replace(TOWN, is_late=True)
    runs = _runs("usual", THE_SAME_AND_USUAL, FEW_SEEDS, setting, ", late shifts")
    for other in (Way.USUAL, Way.WINDOWS):
        yield Measure(f"late shifts: learned beside {other}", "×", Series(f"beside {other}", runs))


def _without_differences() -> Iterator[Measure]:
    runs = _runs("flat", THE_SAME, SEEDS, replace(TOWN, same_mornings=True))
    ratio = Series(f"beside {Way.WINDOWS}", runs)
    name = f"no differences: learned beside {Way.WINDOWS}"
    yield Measure(name, "×", ratio, average=fmean)
    yield Measure(f"{name}, apart", "%", ratio, average=apart)


def _other_truths() -> Iterator[Measure]:
    for shape in OTHER_TRUTHS:
        runs = _runs(shape, ALL, FEW_SEEDS)
        for other in OTHERS:
            name = f"{shape} truth: learned beside {other}"
            yield Measure(name, "×", Series(f"beside {other}", runs))


def _runs(
    shape: str,
    ways: Sequence[Way],
    seeds: Sequence[int],
    setting: Setting = TOWN,
    note: str = "",
) -> tuple[Run, ...]:
    return tuple(
        Run(
            f"{shape} truth{note}",
            partial(met_in_town, seed, shape, ways, setting),
            *(seed, setting.search_s),
            in_quick=False,
        )
        for seed in seeds
    )


def _quick() -> Iterator[Measure]:
    """Yield what a couple of minutes tell."""
    work = partial(met_in_town, SEEDS[0], "usual", ALL, LITTLE)
    little = Run("little town", work, SEEDS[0], LITTLE.search_s)
    for other in OTHERS:
        name = f"little town: learned beside {other}"
        yield Measure(name, "×", Series(f"beside {other}", (little,)))
    days = (Run("fifty cases, five days", partial(sure, SEEDS[0]), SEEDS[0], SEARCH_S),)
    yield Measure("interval covers the mean met", "%", Series("of met", days))
    yield Measure("interval covers the mean of paid hours", "%", Series("of hours", days))
    yield Measure("certain days off their plans", "stops", Series("off the plan", days))


def _pace() -> Iterator[Measure]:
    seed = SEEDS[0]
    runs = (Run("twelve headcounts", partial(execution, seed), seed, in_quick=False),)
    yield Measure("execution of twelve headcounts", "min", Series("minutes", runs))
    yield Measure("CPU of a headcount and day", "s", Series("a headcount's day", runs))
    yield Measure("CPU of a plan and its drives", "s", Series("a plan and its drives", runs))
    yield Measure("two processors beside one", "×", Series("two beside one", runs))
    yield Measure("CPU of two processes beside one", "×", Series("CPU of two beside one", runs))
    runs = (Run("three headcounts fed back", partial(feedback, seed), seed, in_quick=False),)
    yield Measure("feedback of three headcounts", "min", Series("minutes", runs))
    yield Measure("CPU of a replication's day", "s", Series("a plan and its drive", runs))
    yield Measure("modes apart, coverage", "points", Series("apart", runs))
    for count in SOME_HEADCOUNTS:
        name = f"{count} employed: feedback over execution"
        yield Measure(name, "points", Series(f"{count}: coverage", runs))
        yield Measure(f"{name}, ±", "points", Series(f"{count}: its half", runs))
    runs = (Run("fifty cases, many paths", partial(bands, seed), seed, in_quick=False),)
    yield Measure("band of four paths covers the mean of many", "%", Series("of paths", runs))
    yield Measure("interval along one path covers it", "%", Series("of one path", runs))
