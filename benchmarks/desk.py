"""The dispatcher's desk: answers, urgent visits, thirty open desks, and a page in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.comparing import ratio_to_best
from benchmarks.day import SEED, Size
from benchmarks.desk_answers import answers
from benchmarks.desk_browser import before_a_browser
from benchmarks.desk_crowd import DESKS, crowd
from benchmarks.desk_map import ACTS, before_a_map
from benchmarks.desk_urgent import urgent
from benchmarks.measure import Measure, Run, Series

SIZES = (Size("CN", 600, 40), Size("US", 600, 40))
LARGE = Size("CN", 2000, 130)
KINDS = ("slots cold", "slots first", "slots warm", "quotes", "desk.json", "desk.json 304", "edit")
SEEDS = (1, 2, 3, 4, 5)
SEARCH_S = 10.0


def measures() -> Iterator[Measure]:
    for size in SIZES:
        run = Run(f"{size} answers", partial(answers, size), SEED, in_quick=size is SIZES[0])
        for kind in KINDS:
            yield Measure(f"{size} {kind}", "ms", Series(kind, (run,)))
    for size in SIZES:
        yield from of_urgent(size)
    yield from of_crowd(SIZES[0])
    for size in (*SIZES, LARGE):
        yield from of_browser(size)
    yield from of_map(LARGE)


def of_urgent(size: Size) -> Iterator[Measure]:
    """Yield how an insertion stands beside solving the day anew, seed by seed."""
    runs = tuple(
        Run(f"{size} urgent", partial(urgent, size, SEARCH_S, seed), seed, SEARCH_S, False)
        for seed in SEEDS
    )
    insertion, solve = Series("insertion", runs), Series("solve", runs)
    anew = {"solve": Series("objective of the solve", runs)}
    yield Measure(f"{size} urgent visit", "s", insertion)
    yield Measure(f"{size} urgent adds to the objective", "%", Series("price", runs))
    yield Measure(f"{size} urgent not made", "", Series("not made", runs), average=max)
    yield Measure(f"{size} urgent violations", "", Series("violations", runs), average=max)
    yield Measure(
        f"{size} solving anew beside it", "×", solve, {"it": insertion}, beside=ratio_to_best
    )
    yield Measure(
        f"{size} its objective beside solving anew",
        "×",
        Series("objective", runs),
        anew,
        beside=ratio_to_best,
    )


def of_crowd(size: Size) -> Iterator[Measure]:
    run = Run(f"{size} {DESKS} open desks", partial(crowd, size), SEED, in_quick=False)
    ours, alone = Series("with", (run,)), {"alone": Series("without", (run,))}
    yield Measure(f"{size} page beside {DESKS} open desks", "ms", ours, alone)
    yield Measure(f"{size} page with them beside alone", "×", ours, alone, beside=ratio_to_best)


def of_browser(size: Size) -> Iterator[Measure]:
    run = Run(f"{size} in Chromium", partial(before_a_browser, size), SEED, in_quick=False)
    yield Measure(f"{size} page drawn", "ms", Series("page", (run,)))
    yield Measure(f"{size} prices after picking up", "ms", Series("drag", (run,)))
    yield Measure(f"{size} longest of them", "ms", Series("longest drag", (run,)))
    yield Measure(f"{size} prices after the press", "ms", Series("press", (run,)))


def of_map(size: Size) -> Iterator[Measure]:
    """Yield how smooth a map of thousands of points is: frames a second, and the longest task."""
    run = Run(f"{size} map in Chromium", partial(before_a_map, size), SEED, in_quick=False)
    for name in ACTS:
        yield Measure(f"{size} map: {name}", "frames/s", Series(f"{name} frames", (run,)))
        longest = Series(f"{name} longest task", (run,))
        yield Measure(f"{size} map: {name}, longest task", "ms", longest, average=max)
