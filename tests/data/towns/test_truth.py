"""The hidden truth of a town: on average as the priors have it, and for the simulator alone."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.towns.delays import BY_HOUR, Delays
from data.towns.habits import SHARES, Employment
from data.towns.shapes import ANSWERS, VALID, Shape, table_of
from data.towns.town import Town, make_town
from data.towns.true_day import TrueDay, worlds_of
from data.towns.truth import Truth
from routing.sources.straight_line import StraightLineTimes
from scheduler.availability import PRIORS
from scheduler.build import build_problem
from scheduler.check import check_plan
from scheduler.engines.registry import engine
from scheduler.engines.stop_rules import Iterations
from scheduler.model import DailyWindow, PlaceKind
from scheduler.problem import Problem
from scheduler.staffing.driving import drive_plan
from scheduler.staffing.fates import Fate
from scheduler.staffing.intervals import mean_of
from scheduler.staffing.world import Follows
from tests.problems import crew, on_a_line, option, visit
from tests.scheduler.little_book import crew as pair
from tests.scheduler.little_book import rules_of
from tests.scheduler.little_plan import book

ON = date(2026, 11, 23)  # a Monday
ROOT = Path(__file__).parents[3]
TRUTH = Truth(7)
PEOPLE = [f"c{number}" for number in range(800)]
REPS = np.arange(4000)


def curves(truth: Truth, on: date = ON, *, is_working: bool = True) -> Any:
    return np.array(
        [truth.presence(who, PlaceKind.HOME, on, is_working=is_working) for who in PEOPLE]
    )


def a_day(count: int = 3) -> Problem:
    """Return a problem of homes ten minutes apart: the borrowers are v1, v2 and so on."""
    visits = [visit(f"v{k}", option(k)) for k in range(1, count + 1)]
    return on_a_line(range(0, 10 * count + 10, 10), visits, [crew()])


@pytest.mark.parametrize("is_working", [True, False])
def test_people_are_in_on_average_as_the_table_says(is_working: bool) -> None:
    table = np.repeat(table_of(PlaceKind.HOME, is_working=is_working, shape=Shape.USUAL), 2)
    # A curve deviates by about 0.25: the mean of 800 by 0.009.
    assert np.abs(curves(TRUTH, is_working=is_working).mean(axis=0) - table).max() < 0.035


def test_the_tables_are_those_that_planning_assumes_of_a_book_without_history() -> None:
    for kind in PlaceKind:
        for is_working in (True, False):
            truth = table_of(kind, is_working=is_working, shape=Shape.USUAL)
            odds = PRIORS.kinds[kind]
            assert truth == (odds.working_day if is_working else odds.day_off).value
        assert VALID[kind] == odds.valid.value
    assert PRIORS.kinds[PlaceKind.HOME].answers.value == ANSWERS


def test_people_differ_by_what_they_do_and_by_habit() -> None:
    found = {kind: [who for who in PEOPLE if TRUTH.employment(who) is kind] for kind in Employment}
    shares = {kind: len(who) / len(PEOPLE) for kind, who in found.items()}
    assert all(abs(shares[kind] - SHARES[kind]) < 0.04 for kind in Employment)
    at_14 = dict(zip(PEOPLE, curves(TRUTH)[:, 28], strict=True))
    means = {kind: np.mean([at_14[one] for one in who]) for kind, who in found.items()}
    assert means[Employment.RETIRED] > 0.6
    assert means[Employment.OFFICE] < 0.15
    assert np.std([at_14[one] for one in found[Employment.SELF_EMPLOYED]]) > 0.1
    known = [TRUTH.known_employment(who) for who in PEOPLE]
    assert 0.55 < np.mean([bool(told) for told in known]) < 0.65
    assert all(told in ("", TRUTH.employment(who)) for who, told in zip(PEOPLE, known, strict=True))


def test_a_flat_town_has_no_differences_at_all() -> None:
    flat = curves(Truth(7, Shape.FLAT))
    assert flat.min() == flat.max()
    told = Truth(7, Shape.FLAT)
    assert len({told.answers(who, PlaceKind.HOME) for who in PEOPLE}) == 1
    assert told.known_employment("c1") == ""
    assert mean_of(told.is_valid("p", PlaceKind.HOME, 1, REPS).astype(int), 0.999).covers(0.85)


def test_a_town_that_contradicts_has_people_out_when_they_are_said_to_be_in() -> None:
    usual, turned = (curves(Truth(7, shape)).mean(axis=0) for shape in list(Shape)[::2][:2])
    assert np.corrcoef(usual[16:42], turned[16:42])[0, 1] < -0.9
    assert turned[28] > 0.8


def test_a_changing_town_is_another_one_after_fifteen_days() -> None:
    told = Truth(7, Shape.CHANGING, began=ON)
    before, after = ON + timedelta(days=14), ON + timedelta(days=15)
    assert (curves(told, before) == curves(TRUTH, before)).all()
    assert curves(told, after)[:, 28].mean() > 0.8


def test_who_is_in_stays_in_for_a_while_and_each_moment_has_the_chance_of_the_curve() -> None:
    day = TrueDay(TRUTH, a_day(), ON)
    curve = TRUTH.presence("v1", PlaceKind.HOME, ON, is_working=True)

    def is_in(second: int) -> Any:
        return day.is_in("v1", PlaceKind.HOME, np.full(len(REPS), second), REPS)

    for hour in (9, 14, 18):
        assert mean_of(is_in(hour * 3600).astype(int), 0.999).covers(curve[2 * hour])
    now, soon, later = is_in(18 * 3600), is_in(18 * 3600 + 600), is_in(20 * 3600 + 1)
    share = curve[36]
    # Ten of 120 minutes: the draw is another one with a chance of 1/12.
    assert soon[now].mean() == pytest.approx(share + 11 / 12 * (1 - share), abs=0.03)
    assert later[now].mean() == pytest.approx(curve[40], abs=0.04)


def test_visits_meet_last_and_come_to_what_the_figures_say() -> None:
    problem = a_day(600)
    day = TrueDay(TRUTH, problem, ON)
    evening = np.full(20, 18 * 3600 + 900)
    found = [day.at_door(problem.crews[0], v, 0, evening, REPS[:20]) for v in problem.visits]
    met, lasts_s, valid = (
        np.array([getattr(one, name) for one in found]) for name in ("met", "lasts_s", "is_valid")
    )
    # Over 600 people: right address .85, in .87, answers .65, and a deviation of people of .02.
    assert met.mean() == pytest.approx(0.85 * 0.87 * 0.65, abs=0.04)
    assert valid.mean() == pytest.approx(0.85, abs=0.045)
    minutes = lasts_s / 60
    shortest, longest = (float(np.quantile(minutes[met], p)) for p in (0.1, 0.9))
    assert (shortest, longest) == pytest.approx((12, 25), rel=0.06)
    assert np.median(minutes[~met]) == pytest.approx(6, rel=0.03)
    follows = np.array([one.follows for one in found])[met]
    assert (follows == Follows.PROMISED).mean() == pytest.approx(0.35, abs=0.03)
    assert (follows == Follows.PAID).mean() == pytest.approx(0.08, abs=0.02)
    kept = [TRUTH.keeps_promise(v.id, day.day, REPS[:20]).mean() for v in problem.visits]
    assert np.mean(kept) == pytest.approx(0.5, abs=0.02)


def test_a_wrong_address_is_told_of_at_every_other_visit_and_a_right_one_never() -> None:
    problem = a_day(300)
    day = TrueDay(TRUTH, problem, ON)
    at_s = np.full(20, 11 * 3600)
    found = [day.at_door(problem.crews[0], one, 0, at_s, REPS[:20]) for one in problem.visits]
    fate = np.concatenate([one.fate for one in found])
    is_valid = np.concatenate([one.is_valid for one in found])
    assert not (fate[is_valid] == Fate.WRONG_ADDRESS).any()
    assert ((fate == Fate.MET) == np.concatenate([one.met for one in found])).all()
    # Some 45 of 300 addresses are wrong: 900 visits to them err by .02.
    assert (fate[~is_valid] == Fate.WRONG_ADDRESS).mean() == pytest.approx(0.5, abs=0.07)


def test_a_borrower_has_the_same_luck_in_whatever_problem_she_is() -> None:
    small, large = a_day(2), a_day(9)
    at_s = np.full(50, 18 * 3600)
    one, other = (
        TrueDay(TRUTH, problem, ON).at_door(problem.crews[0], problem.visits[1], 0, at_s, REPS[:50])
        for problem in (small, large)
    )
    assert (one.met == other.met).all()
    assert (one.lasts_s == other.lasts_s).all()


@pytest.mark.parametrize("shape", [Shape.USUAL, Shape.FLAT])
def test_named_hours_are_kept_as_the_word_says_whoever_named_them(shape: Shape) -> None:
    made = book()
    [*places] = made.places
    hours = (DailyWindow(time(10), time(12)),)
    made = replace(
        made, places=[replace(one, windows=hours) for one in places], crews=(pair("ann", "ben"),)
    )
    problem = build_problem(made, rules_of(), StraightLineTimes())
    day = TrueDay(Truth(7, shape), problem, made.on)
    visit = problem.visits[0]
    place = visit.options[0].place_id
    at_s = np.array([10 * 3600, 12 * 3600 - 1, 12 * 3600])
    assert day.is_named(visit.id, place, at_s).tolist() == [True, True, False]
    reps = REPS[:3000]
    at_11 = np.full(len(reps), 11 * 3600)
    found = day.at_door(problem.crews[0], visit, 0, at_11, reps)
    # In .9 of days she is there, and opens in .95 of these, where the address is right.
    assert found.met[found.is_valid].mean() == pytest.approx(0.9 * 0.95, abs=0.03)
    assert day.is_named("nobody", place, at_s).sum() == 0


def test_streets_are_slow_by_district_and_hour_and_on_some_days() -> None:
    problem = a_day()
    here, at_8 = np.zeros(len(REPS), np.int64), np.full(len(REPS), 8 * 3600)
    delays = Delays.of(TRUTH, problem, ON.toordinal())
    ways = [delays.factor(here, there, at_8, REPS) for there in (1, 2)]
    for there, way in enumerate(ways, 1):
        assert mean_of(way, 0.9999).covers(delays.by_hour[there, 8])
    # They share the day alone: 0.08 of two deviations of 0.08 and 0.20 in all.
    shared = 0.08**2 / (0.08**2 + 0.20**2)
    together: Any = np.corrcoef(ways)
    assert together[0, 1] == pytest.approx(shared, abs=0.06)
    assert len({float(delays.by_hour[there, 8]) for there in (1, 2)}) == 2
    flat = Delays.of(Truth(7, Shape.FLAT), problem, 1)
    assert set(flat.by_hour[:, 8]) == {BY_HOUR[8]}


HIDDEN = {f"data.towns.{name}" for name in ("truth", "true_day", "habits", "shapes", "delays")}


def imports_of(file: Path) -> set[str]:
    """Return the modules of data.towns that a file imports, also inside functions."""
    text = file.read_text(encoding="utf-8")
    if "towns" not in text:
        return set()
    named = set[str]()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            named |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return named


def test_nothing_that_plans_imports_the_truth() -> None:
    theirs = {ROOT / f"{name.replace('.', '/')}.py" for name in HIDDEN}
    assert all(file.exists() for file in theirs)
    for room in ("routing", "scheduler", "data", "web"):
        for file in set((ROOT / room).rglob("*.py")) - theirs:
            assert not imports_of(file) & HIDDEN, f"{file.relative_to(ROOT)} reads the truth"
    assert imports_of(Path(__file__)) & HIDDEN  # it would be seen


def test_the_planning_of_a_day_touches_nothing_of_the_truth(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    look_up: Callable[[Any, str], Any] = object.__getattribute__

    def recorded(self: Truth, name: str) -> Any:
        asked.append(name)
        return look_up(self, name)

    truth = Truth(11)
    monkeypatch.setattr(Truth, "__getattribute__", recorded)
    made = book()
    made = replace(made, crews=(pair("ann", "ben"),))
    problem = build_problem(made, rules_of(), StraightLineTimes())
    plan = engine("greedy").solve(problem, Iterations(5)).plan
    assert check_plan(problem, plan) == []
    assert asked == []
    told = drive_plan(problem, plan, worlds_of(truth)(problem), range(3))
    assert told.visit_ids
    assert asked


def test_a_lenders_list_tells_of_employment_what_she_knows_and_nothing_else(town: Town) -> None:
    known_to = TRUTH.known_employment
    told = make_town(7, ON, cases=400, collectors=30, nodes=4_000, employment=known_to)
    known = [str(row.get("employment", "")) for row in told.cases]
    assert known == [TRUTH.known_employment(str(row["client_id"])) for row in told.cases]
    assert 0.5 < np.mean(list(map(bool, known))) < 0.7
    without = [{k: v for k, v in row.items() if k != "employment"} for row in told.cases]
    assert without == list(town.cases)


def test_a_problem_without_a_day_has_no_truth_of_its_own() -> None:
    with pytest.raises(ValueError, match="no date"):
        worlds_of(TRUTH)(a_day())
