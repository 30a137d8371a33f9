"""How many collectors are enough, on the command line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.jobs import JobKind, JobState
from data.plain import to_json, to_plain
from scheduler.forecast import HOUSE_SPREADS, Spreads
from scheduler.headcount.feedback import Mode
from scheduler.headcount.figures import TeamFigures
from scheduler.headcount.scenario import Scenario, Target
from scheduler.ports import By
from scheduler.problem import Problem
from scheduler.staffing.believed import Believed
from tests.scheduler.staffing.test_believed import a_day
from tests.scheduler.staffing.test_foretelling import LEARNED, WIDE
from tests.web.conftest import Run, copied, json_of, rested
from tests.web.test_cli import HEADER, table
from web.headcount import simulating
from web.headcount.asked import Question
from web.headcount.processes import side_by_side
from web.headcount.simulating import Look, Simulation, simulated
from web.headcount.working import spreads_told
from web.jobs.work import opened, work

MONDAY = date(2026, 11, 23)
PEOPLE = "工号,姓名,出发地址\nA,甲,东河路18号\nB,乙,东河路18号\n"
ALL = ("--within", "2", "--absence", "0", "--json")


@pytest.fixture(scope="module")
def owing_home(street_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a pair, a case at a door that is found, and one whose address is not."""
    folder = tmp_path_factory.mktemp("owing")
    run = copied(street_home, folder / "home")
    run("import", "collectors", table(folder / "c.csv", PEOPLE))
    rows = "HT-1,张三,东河路18号,2000,95\nHT-2,李四,西河路5号,900,95\n"
    run("import", "cases", table(folder / "k.csv", f"{HEADER.strip()},逾期天数\n{rows}"))
    run("geocode")
    return rested(folder / "home")


@pytest.fixture
def desk(owing_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    return copied(owing_home, tmp_path / "home")


def test_the_smallest_team_is_a_pair_where_the_rules_ask_for_two(desk: Run) -> None:
    """One alone may not go under CN; who is hired as the third changes nothing."""
    told = json_of(desk("simulate", str(MONDAY), "--most", "4", *ALL))
    assert told["smallest"] == 2
    covered = {one["employed"]: one["coverage"]["mean"] for one in told["teams"]}
    assert (covered[1], covered[2]) == (0, 1)
    assert told["teams"][-1]["unserved"] == {"not_placed": 1}
    assert told["teams"][-1]["asked"] == 1


def test_teams_that_are_named_are_told_in_words(desk: Run) -> None:
    said = desk("simulate", str(MONDAY), "--employed", "2", "--employed", "0", *ALL[:-1])
    assert "2 collectors: 100.0% ± 0.0% visited in time" in said.stderr
    assert "Chances of meeting: assumed, no history yet." in said.stderr
    assert "How ways and visits spread: assumed" in said.stderr
    assert "could be visited on no day: not placed" in said.stderr


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("--hours", "nine"), "write 09:00-18:00"),
        (("--hours", "18:00-09:00"), "write the earlier hour first"),
        (("--from-bucket", "M9"), "there is no bucket 'M9'"),
        (("--within", "0"), "within 0 days"),
        (("--absence", "2"), "not between 0 and 1"),
        (("--no-show", "-1"), "share of no-shows"),
        (("--evening", "late"), "--evening 'late' are no hours"),
        (("--mode", "guess"), "write execution or feedback"),
        (("--also", "M4"), "write M4:7"),
        (("--also", "M9:2"), "there is no bucket 'M9'"),
        (("--pairs", "often"), "write fixed or daily"),
        (("--starts", "moon"), "write office or spread"),
        (("--moves-by", "rocket"), "write car or ebike or walk or transit"),
        (("--zones", "--owners", "fixed"), "contradict each other"),
        (("--promises-kept", "2"), "share of promises kept"),
        (("--worth", "2"), "not between 0 and 1"),
        (("--aim", "moon"), "write target or worth"),
    ],
)
def test_what_cannot_be_asked_is_refused(desk: Run, wrong: tuple[str, str], told: str) -> None:
    assert told in desk("simulate", str(MONDAY), *wrong, expect=1).stderr


def test_a_book_without_cases_says_so(street_home: Path, tmp_path: Path) -> None:
    refused = copied(street_home, tmp_path / "home")("simulate", str(MONDAY), expect=1)
    assert "no open cases" in str(refused.exception)


def test_the_page_s_job_answers_as_the_command_does(
    owing_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One pair and one door: two are enough, and the answer names nobody."""
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    copied(owing_home, tmp_path / "home")
    jobs = opened(tmp_path / "home").jobs
    asked = Question(MONDAY, Scenario(0, Target("M2", 2), absence=0), most=2)
    by = By("li", datetime(2026, 11, 22, tzinfo=UTC))
    job = jobs.add(JobKind.SIMULATE, "dong", None, by, **to_plain(asked))
    assert jobs.claim("r1", by.at) is not None
    ended = work(tmp_path / "home", job.id, "r1")
    assert (ended.state, ended.result["smallest"]) == (JobState.DONE, 2)
    assert ended.result["collectors"] == 2
    told = to_json(ended.result)
    assert "not_placed" in told
    for name in ("张三", "东河路", "HT-1"):
        assert name not in told


def test_days_are_driven_by_learned_spreads_where_plans_keep_learned_times(
    owing_home: Path, tmp_path: Path
) -> None:
    copied(owing_home, tmp_path / "home")
    wired = opened(tmp_path / "home")
    asked = Simulation(tmp_path / "home", "dong", MONDAY, Scenario(1, Target("M2", 2)))
    problem, _ = a_day()
    assert believed_spreads(asked, problem) == HOUSE_SPREADS
    assert spreads_told(wired, "dong") == {"spread_legs": 0, "spread_visits": 0}
    with wired.store.writing(By("li", datetime(2026, 11, 22, tzinfo=UTC))) as writer:
        writer.use_times("dong", LEARNED, (MONDAY, MONDAY), "k")
    assert believed_spreads(asked, problem) == WIDE
    assert spreads_told(wired, "dong") == {"spread_legs": 300, "spread_visits": 200}


def believed_spreads(asked: Simulation, problem: Problem) -> Spreads:
    simulating.read_anew()
    world = simulating._opened(asked)[1].world(problem)
    assert isinstance(world, Believed)
    return world.spreads


def test_a_pair_to_whom_the_week_leaves_a_choice_works_together(desk: Run) -> None:
    """Either alone may not go under CN: both are off on the same two of seven days."""
    asked = ("--employed", "2", "--weekends", *ALL, "--within", "7")
    [team] = json_of(desk("simulate", str(MONDAY), *asked))["teams"]
    assert (team["on_shift"], team["coverage"]["mean"]) == (2, 1)


def test_a_pair_does_its_one_visit_under_every_lever(desk: Run) -> None:
    """One door, due since long: who goes there, from where and how fast, changes nothing but cost.

    A fifth of what she may pay counts, for a shift that costs twice as much.
    """
    plain = json_of(desk("simulate", str(MONDAY), "--employed", "2", *ALL))["teams"][0]
    who = ("--zones", "--pairs", "fixed", "--starts", "office", "--moves-by", "ebike")
    what = ("--chances", "windows", "--also", "M3:1", "--hired-skill", "dialect")
    money = ("--per-shift", "800", "--worth", "0.2", "--promises-kept", "0")
    team = json_of(desk("simulate", str(MONDAY), "--employed", "2", *ALL, *who, *what, *money))
    [other] = team["teams"]
    assert [one["mean"] for one in other["coverages"]] == [1, 1]
    assert plain["coverages"] == []
    assert other["coverage"]["mean"] == plain["coverage"]["mean"] == 1
    shifts = plain["cost"]["mean"] / 400
    assert other["cost"]["mean"] == pytest.approx(800 * shifts)
    assert other["recovered"]["mean"] < plain["recovered"]["mean"]


def test_a_city_that_learns_no_chances_is_not_said_to_lack_history(desk: Run) -> None:
    desk("city", "set", "dong", "--assume-availability")
    said = desk("simulate", str(MONDAY), "--employed", "0", *ALL[:-1], "--paths", "1")
    assert "Chances of meeting: assumed, the city learns none." in said.stderr
    assert "Money is in CNY: a shift costs 400, an hour of overtime 90" in said.stderr


def test_each_of_several_targets_is_told(desk: Run) -> None:
    said = desk("simulate", str(MONDAY), "--employed", "2", *ALL[:-1], "--also", "M3:1")
    assert "2 collectors, from M3 on within 1 day: 100.0%" in said.stderr


def test_the_rules_of_another_profile_hold_instead_of_the_city_s(desk: Run) -> None:
    """Under the United Kingdom's one alone may go; an unknown one is refused by name."""
    one = ("--employed", "1", *ALL)
    assert json_of(desk("simulate", str(MONDAY), *one))["teams"][0]["coverage"]["mean"] == 0
    other = json_of(desk("simulate", str(MONDAY), *one, "--profile", "UK"))
    assert other["teams"][0]["coverage"]["mean"] == 1
    refused = desk("simulate", str(MONDAY), *one, "--profile", "XX", expect=1)
    assert "XX" in refused.stderr + str(refused.exception)


def test_feedback_mode_says_how_far_it_is_from_execution_mode(desk: Run) -> None:
    said = desk("simulate", str(MONDAY), "--employed", "0", "--mode", "feedback", "--within", "1")
    assert "0 collectors: feedback mode covers +0.0 ± 0.0 points more" in said.stderr


def test_a_pair_whose_days_are_all_alike_does_the_same_in_both_modes(owing_home: Path) -> None:
    """One door on one day: a plan begun with itself, the same luck at the door."""
    scenario = Scenario(0, Target("M2", 1), absence=0.0)
    asked = Simulation(owing_home, "dong", MONDAY, scenario, mode=Mode.FEEDBACK, replications=3)
    team = simulated(asked, 2)
    assert (team.mode, team.coverage.mean, team.coverage.of) == (Mode.FEEDBACK, 1, 3)
    assert {far.mean for far in team.how_far.values()} == {0}
    again = simulated(replace(asked, mode=Mode.EXECUTION, drives=3, paths=1), 2)
    assert (again.made, again.met, again.recovered) == (team.made, team.met, team.recovered)


@pytest.mark.slow
def test_processes_side_by_side_answer_as_one_does(owing_home: Path) -> None:
    asked = Simulation(owing_home, "dong", MONDAY, Scenario(0, Target("M2", 2)), drives=5)
    answers = []
    for processes in (1, 2):
        with side_by_side(asked, processes) as run:
            answers.append(run([0, 2]))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("wrong", [("--employed", "-1"), ("--most", "-1"), ("--share", "2")])
def test_numbers_out_of_range_are_refused_before_anything_is_worked(
    desk: Run, wrong: tuple[str, str]
) -> None:
    assert (
        f"Invalid value for '{wrong[0]}'" in desk("simulate", str(MONDAY), *wrong, expect=2).stderr
    )


def test_where_nobody_may_be_visited_no_team_is_said_to_be_enough(desk: Run) -> None:
    """Under CO visits need a product that allows them, and these contracts name none."""
    said = desk(
        "simulate", str(MONDAY), "--most", "2", "--profile", "CO", *ALL[:-1], "--paths", "1"
    )
    assert "Nobody can be visited on any day, whatever the team" in said.stdout
    assert "enough" not in said.stdout
    assert "1 collectors: – visited in time" in said.stderr


def test_who_does_not_go_out_is_told_why(desk: Run) -> None:
    alone = desk("simulate", str(MONDAY), "--employed", "1", *ALL[:-1])
    assert "1 collectors: 0.0% ± 0.0% visited in time; nobody goes out: of those" in alone.stderr
    absent = desk("simulate", str(MONDAY), "--employed", "2", "--within", "1", "--absence", "1")
    assert "nobody comes to work on any of the days" in absent.stderr


def test_what_is_stopped_tells_the_teams_that_are_known(
    desk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def until_two(asked: Simulation, employed: int, look: Look) -> TeamFigures:
        if employed == 2:
            raise KeyboardInterrupt
        return simulated(asked, employed, look)

    monkeypatch.setattr("web.headcount.processes.simulated", until_two)
    asked = ("--employed", "0", "--employed", "2", *ALL)
    stopped = desk("simulate", str(MONDAY), *asked, expect=130)
    assert [one["employed"] for one in json_of(stopped)["teams"]] == [0]
    assert "Stopped: these are the teams that were known by then" in stopped.stderr


def test_one_process_looks_up_before_each_day_and_not_between_teams_alone(
    owing_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large team takes minutes: who presses Stop is heard on the next of its days."""
    monkeypatch.setattr("web.headcount.processes.LOOK_EVERY_S", 0)
    asked = Simulation(owing_home, "dong", MONDAY, Scenario(0, Target("M2", 2)), drives=2)
    looks = iter(range(3))

    def look() -> None:
        if next(looks) == 2:
            raise KeyError

    known: list[TeamFigures] = []
    with (
        pytest.raises(KeyError),
        side_by_side(asked, 1, known.append, look) as run,
    ):
        run([2])
    assert (known, next(looks, None)) == ([], None), "before the team, its first day, its second"


def test_a_target_that_is_due_before_a_day_is_worked_is_refused(desk: Run) -> None:
    """The 28th is a Saturday: within two days nobody works, within three all do on Monday."""
    saturday = ("simulate", "2026-11-28", "--most", "2", "--absence", "0", "--paths", "1")
    refused = desk(*saturday, "--within", "9", "--also", "M3:2", expect=1)
    assert "no day is worked of the 2 from 2026-11-28 on" in str(refused.exception)
    assert "2 collectors visit 95%" in desk(*saturday, "--within", "3").stdout


def test_of_targets_that_no_team_meets_the_hardest_is_named(desk: Run) -> None:
    """One alone may not go under CN: neither is met, and the first of the least is told."""
    told = desk("simulate", str(MONDAY), "--most", "1", *ALL[:-1], "--also", "M3:1")
    assert "and from M3 on within 1 day" in told.stdout
    assert "Hardest is from M2 on within 2 days: 1 visit 0.0%." in told.stdout
