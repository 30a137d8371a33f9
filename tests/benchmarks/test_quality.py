"""What is made of judged runs: comparisons, curves, drawings, and the rows of the search."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks import field, search
from benchmarks.comparing import mean_beyond, ratio_of_means, ratio_to_best
from benchmarks.curve import curve_of, sampled
from benchmarks.measure import Figures, Measure, Run, Series
from benchmarks.plot import Scale, draw

SVG = "{http://www.w3.org/2000/svg}"


def test_a_ratio_is_to_the_best_peer_of_each_run() -> None:
    # The best are 2 and 1: the ratios 2 and 8 have the geometric mean 4.
    assert ratio_to_best([4, 8], {"one": [2, 3], "other": [5, 1]}) == pytest.approx(4)


def test_means_are_compared_not_runs() -> None:
    ours, peers = [1.0, 3.0], {"Peer": [4.0, 0.0]}
    assert ratio_of_means(ours, peers) == 1
    assert mean_beyond(ours, {"Peer": [1.0, 2.0]}) == 0.5


def test_samples_tell_the_best_that_there_was_by_then() -> None:
    told = sampled([(0.35, 90), (1.2, 80), (9.9, 70)], seconds=10)
    curve = curve_of({"objective": 70, **told})
    # No plan before 0.35 s; at half a second the first, at 1.5 s the second, at the end the last.
    assert curve[0] == (0.5, 90)
    assert (1.5, 80) in curve
    assert curve[-2:] == [(9.5, 80), (10, 70)]


def run(seed: int, **figures: float) -> tuple[Run, Figures]:
    return Run("hills", dict, seed, seconds=10), figures


def test_objectives_are_drawn_with_their_peers(tmp_path: Path) -> None:
    falling = sampled([(k / 10, 1_000 - k) for k in range(101)], seconds=10)
    ours, theirs = run(1, objective=900, **falling), run(2, objective=950, cpu_s=9)
    series, peers = Series("objective", (ours[0],)), {"Peer": Series("objective", (theirs[0],))}
    done = dict([ours, theirs])
    measures = [Measure("hills objective", "s", series, peers)]
    measures += [Measure("hills violations", "", Series("violations", (ours[0],)))]
    [file] = draw(measures, done.get, tmp_path, "toy")
    root = ElementTree.parse(file).getroot()
    [line] = root.findall(f"{SVG}polyline")
    [dot] = root.findall(f"{SVG}circle")
    # Less is drawn lower: the line falls to 900, and the peer's 950 lies above its end.
    heights = [float(point.split(",")[1]) for point in line.attrib["points"].split()]
    assert heights == sorted(heights)
    assert float(dot.attrib["cy"]) < heights[-1]
    assert {"— ours", "● Peer"} <= {text.text for text in root.findall(f"{SVG}text")}


def test_nothing_is_drawn_of_runs_that_were_not_done(tmp_path: Path) -> None:
    measure = Measure("hills objective", "s", Series("objective", (run(1)[0],)))
    assert draw([measure], lambda _: None, tmp_path, "toy") == []


@example(0.06, 0.001)
@given(st.floats(-1e6, 1e6, allow_subnormal=False), st.floats(1e-3, 1e7))
def test_ticks_are_within_the_scale_and_of_a_number_one_reads(low: float, span: float) -> None:
    scale = Scale.of([low, low + span], 0, 100)
    assert 4 <= len(scale.ticks) <= 11
    rounding = 1e-12 * max(abs(scale.low), abs(scale.high))  # of floats: far below a step
    assert scale.low - rounding <= min(scale.ticks) <= max(scale.ticks) <= scale.high + rounding


def runs_of(measures: Sequence[Measure]) -> set[Run]:
    return {run for one in measures for series in one.all_series for run in series.runs}


@pytest.mark.parametrize("benchmark", [field, search])
def test_quick_searches_for_less_than_two_minutes(benchmark: ModuleType) -> None:
    measures = list(benchmark.measures())
    quick = [one for one in measures if one.in_quick]
    assert 0 < len(quick) < len(measures)
    assert sum(run.seconds for run in runs_of(quick)) < 90  # the rest is for starting, and VROOM


def test_the_search_is_measured_in_an_hour_and_a_half() -> None:
    # An insertion searches twice; to start a process and to judge takes about a second each time,
    # and VROOM a quarter of a minute, which ours has as well.
    runs = runs_of(list(search.measures()))
    searches_s = sum(run.seconds * (2 if "inserted" in run.instance else 1) for run in runs)
    assert searches_s + 2 * len(runs) + 30 < 90 * 60


def test_peers_are_given_what_ours_is_given() -> None:
    for one in search.measures():
        beside_shorter = "30 s" in one.name  # two threads for 20 s beside one for 30 s
        if one.beside is not None and not beside_shorter:
            budgets = {run.seconds for run in runs_of([one])}
            assert len(budgets) == 1, one.name
