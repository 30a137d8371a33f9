"""The page that asks how many collectors are enough: the question, its job, and its answers."""

from __future__ import annotations

import html
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import inf
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from data.access import Role
from data.jobs import LONGEST, Ended, Job, JobKind, JobState
from data.plain import to_json, to_plain
from routing.travel import Mode as Moves
from scheduler.headcount.feedback import Mode
from scheduler.headcount.figures import DistrictFigures, TeamFigures
from scheduler.headcount.question import Answer
from scheduler.headcount.roster import People
from scheduler.headcount.scenario import Aim, Chances, Pairs, Scenario, Starts, Target
from scheduler.model import OwnerPolicy
from scheduler.plan import Reason
from scheduler.staffing.fates import Fate
from scheduler.staffing.intervals import MeanOf
from tests.data.world import ALICE, NOON, TODAY
from tests.scheduler.little_book import case, failed, rules_of
from tests.scheduler.little_book import day as little_day
from tests.web.pages import World
from tests.web.test_figures import english, with_role
from web.headcount import processes, working
from web.headcount.asked import Question, question_of
from web.headcount.fingerprint import fingerprint
from web.headcount.form import Form, filled
from web.headcount.kept import least, read, told
from web.headcount.levers import CHOICES, GROUPS, NUMBERS, SWITCHES, TEXTS
from web.headcount.levers import LEVERS as IN_FRONT
from web.headcount.said import ASSUMED, STAFF_COST
from web.headcount.working import simulate_teams, simulation_of

PAGE = "/Town/figures/headcount"
BOOK = {"cases": 40, "days": 10, "collectors": 3, "learned_from": 0}
QUESTION = Question(TODAY + timedelta(days=1), Scenario(0), most=8)


WEEK = (*[People(3, 0)] * 4, People(2, 1), People(1, 1), People(0, 0))


def districts_of(employed: int, share: MeanOf) -> tuple[DistrictFigures, ...]:
    """Districts of Town: the second has no name, the others too few cases to be told alone."""
    hired = max(0, employed - 3)
    return (
        DistrictFigures(1, "East", 25.02, 121.52, 1500, 25, 1, share, 2, hired),
        DistrictFigures(2, "", 25.0, 121.48, 1000, 12, 3, share, 1),
        DistrictFigures(3, "West", 24.98, 121.44, 500, 3, 0, share),
        DistrictFigures(4, "North", 25.05, 121.46, 500, 4, 0, share),
    )


def team(employed: int) -> TeamFigures:
    """A team that visits a tenth of the cases for each of it, half of them on each of two days."""
    share = min(1.0, employed / 10)
    about = [MeanOf(one, 0.01, 200) for one in (share / 2, share)]
    count = MeanOf(10.0 * employed, 1.0, 200)
    return TeamFigures(
        employed=employed,
        on_shift=0.9 * employed,
        on_road=0.8 * employed,
        asked=40,
        coverage=about[-1],
        days=(TODAY + timedelta(days=1), TODAY + timedelta(days=2)),
        reached=tuple(about),
        made=count,
        met=count,
        recovered=count,
        hours=count,
        overtime_hours=count,
        driving_share=MeanOf(0.25, 0.01, 200),
        cost=count,
        cost_per_visit=MeanOf(100.0, 4.0, 200) if employed else MeanOf(inf, inf, 0),
        cost_per_met=MeanOf(300.0, 9.0, 200) if employed else MeanOf(inf, inf, 0),
        undone={Fate.NO_TIME: 1.5, Fate.HOURS_OVER: 0.01},
        unserved={Reason.NOT_PLACED: 4},
        districts=districts_of(employed, about[-1]),
        crews=0.4 * employed,
        waited=MeanOf(14.0 - employed, 0.5, 200),
    )


@dataclass
class Heart:
    """A beat that keeps what it is told; stopped once so many teams are known."""

    stops_at: int = 1000
    reached: list[Mapping[str, Any]] = field(default_factory=list)

    def tell(self, **progress: Any) -> None:
        pass

    def keep(self, reached: Mapping[str, Any]) -> None:
        self.reached.append(reached)

    def is_cancelled(self) -> bool:
        return bool(self.reached) and len(self.reached[-1]["teams"]) >= self.stops_at


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Headcounts in the order in which they are simulated: by `team`, which takes no time."""
    counts: list[int] = []

    def quick(_: object, employed: int, look: object = None) -> TeamFigures:
        counts.append(employed)
        return team(employed)

    monkeypatch.setattr("os.cpu_count", lambda: 1)
    monkeypatch.setattr(processes, "simulated", quick)
    monkeypatch.setattr(working, "book_of", lambda _: BOOK)
    return counts


def asked(world: World, question: Question = QUESTION) -> Job:
    return world.wired.jobs.add(JobKind.SIMULATE, "Town", None, ALICE, **to_plain(question))


def answered(
    world: World, question: Question = QUESTION, *counts: int, is_whole: bool = True
) -> Job:
    """Put a question and its answer into the book."""
    job = asked(world, question)
    world.wired.jobs.claim("r1", NOON, [JobKind.SIMULATE])
    sizes = counts or (0, 2, 4, 8)
    least = next((size for size in sizes if size / 10 >= question.share), None)
    result = {**BOOK, "teams": [told(team(size)) for size in sizes], "is_whole": is_whole}
    state = JobState.DONE if is_whole else JobState.CANCELLED
    world.wired.jobs.finish(job.id, "r1", Ended(state, {**result, "smallest": least}), NOON)
    return world.wired.jobs.get(job.id)


def test_what_is_kept_of_a_team_is_all_of_it() -> None:
    for size in (0, 3):
        assert read(told(team(size))) == team(size)
    far = {"coverage": MeanOf(0.02, 0.01, 20)}
    places = (
        DistrictFigures(0, "", None, None, 0, 0, 3, MeanOf(1.0, 0.0, 20)),
        DistrictFigures(1, "城东区", 31.2, 121.5, 1500, 40, 0, MeanOf(0.5, 0.1, 20), 3, 1),
    )
    other = replace(team(3), mode=Mode.FEEDBACK, how_far=far, districts=places, week=WEEK)
    assert read(json.loads(to_json(told(other)))) == other


def test_an_answer_of_before_modes_and_districts_is_still_read() -> None:
    words = told(team(3))
    for name in ("mode", "how_far", "districts", "waited", "week"):
        del words[name]
    words["cost_per_visit"], unknown = 100.0, MeanOf(100.0, inf, 0)
    assert read(words) == replace(team(3), districts=(), waited=None, cost_per_visit=unknown)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_before_anybody_asked_the_page_has_the_question_and_what_is_assumed(
    world: World, language: str
) -> None:
    page = world.visitor("ada", **{"Accept-Language": language}).page(PAGE)
    if language == "zh":
        assert "要在 14 天内上门走访所有 M2 及以上的案件" in page
    else:
        assert "To visit every case from M2 on within 14 days, how many collectors?" in page
        assert "Assumed, no history yet." in page
        assert "Not asked yet" in page


def test_planners_and_administrators_alone_open_it(world: World) -> None:
    planner = with_role(world, Role.PLANNER)
    assert f'href="{PAGE}"' in planner.page("/Town/figures")
    assert planner.get(PAGE).status_code == 200
    for who in ("alice", "dora", "nora"):
        assert world.visitor(who).get(PAGE).status_code == 403
    assert f'href="{PAGE}"' not in english(world).page("/Town/figures")
    assert with_role(world, Role.COMPLIANCE).get(PAGE).status_code == 403
    job = answered(world)
    for path in (f"{PAGE}/{job.id}.csv", f"{PAGE}/{job.id}/progress"):
        assert world.visitor("dora").get(path).status_code == 403


def test_a_press_asks_what_was_filled_in_and_a_second_waits(world: World) -> None:
    ada = english(world, "ada")
    filled = {"within": "7", "employed": "5", "begins": "10:00", "ends": "20:00", "share": "90"}
    filled |= {
        "bucket": "M3",
        "weekends": "yes",
        "owners": "ignored",
        "most": "30",
        "growth": "2.5",
    }
    assert ada.post(PAGE, filled).status_code == 302
    job = world.wired.jobs.last("Town", JobKind.SIMULATE, 8)[0]
    question = question_of(job)
    scenario = question.scenario
    assert (scenario.target, scenario.employed) == (Target("M3", 7), 5)
    assert [f"{one:%H:%M}" for one in scenario.hours or ()] == ["10:00", "20:00"]
    assert (scenario.weekends, scenario.growth, scenario.absence) == (True, 0.025, 0.04)
    assert scenario.owners is OwnerPolicy.IGNORED
    assert (question.share, question.most, question.first) == (0.9, 30, TODAY + timedelta(days=1))
    assert ada.post(PAGE, filled).status_code == 302
    assert len(world.wired.jobs.last("Town", JobKind.SIMULATE, 8)) == 1
    page = ada.page(PAGE)
    assert "Another question is being answered" in page
    assert "waits for its turn" in page
    assert 'value="10:00"' in page, "the form shows what is being answered"
    assert ada.post(f"{PAGE}/{job.id}/stop", {}).status_code == 302
    assert world.wired.jobs.get(job.id).state is JobState.CANCELLED
    assert "Stopped before all teams were known" in ada.page(PAGE)


def test_all_that_is_wrong_is_said_at_once_and_nothing_begins(world: World) -> None:
    wrong = {"within": "0", "bucket": "M9", "begins": "20:00", "ends": "10:00", "absence": "nan"}
    answer = english(world, "ada").post(PAGE, wrong | {"employed": "90", "owners": "x"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Give a number from 1 to 60." in page
    assert "Give a number from 0 to 100." in page
    assert "There is no such bucket." in page
    assert "There is no such choice." in page
    assert "the earlier one first" in page
    assert "more than the largest team" in page
    assert world.wired.jobs.last("Town", JobKind.SIMULATE, 8) == []


def test_no_plan_waits_for_a_question(world: World) -> None:
    """A runner of its own has the questions, and takes nothing else."""
    jobs, question = world.wired.jobs, asked(world)
    plan = jobs.add(JobKind.PLAN, "Town", TODAY, ALICE)
    others = tuple(set(JobKind) - set(LONGEST))
    claimed = [jobs.claim("r1", NOON, others) for _ in range(2)]
    assert [one and one.id for one in claimed] == [plan.id, None]
    longest = jobs.claim("r2", NOON, LONGEST)
    assert longest is not None
    assert longest.id == question.id


def test_a_job_searches_the_smallest_team_and_keeps_each(
    world: World, simulated: list[int]
) -> None:
    """Of ten cases out of a hundred for each collector, 95 % take ten."""
    job, heart = asked(world, replace(QUESTION, most=12)), Heart()
    result = simulate_teams(world.wired, job, heart)
    assert (result["is_whole"], result["smallest"]) == (True, 10)
    assert [one["employed"] for one in result["teams"]] == sorted(simulated)
    assert [len(one["teams"]) for one in heart.reached] == list(range(len(simulated) + 1))


def test_the_team_that_was_chosen_comes_first(world: World, simulated: list[int]) -> None:
    chosen = replace(QUESTION, scenario=Scenario(7))
    result = simulate_teams(world.wired, asked(world, chosen), Heart())
    assert simulated[0] == 7
    assert result["smallest"] is None, "eight at most visit four fifths"


def test_what_is_stopped_keeps_the_teams_that_are_known(world: World, simulated: list[int]) -> None:
    half = replace(QUESTION, share=0.3)
    result = simulate_teams(world.wired, asked(world, half), Heart(stops_at=2))
    assert len(simulated) == len(result["teams"]) == 2
    assert not result["is_whole"]
    enough = [size for size in simulated if size >= 3]
    assert result["smallest"] == min(enough, default=None)


def test_a_job_that_was_cut_off_goes_on_from_the_teams_already_known(
    world: World, simulated: list[int]
) -> None:
    whole = simulate_teams(world.wired, job := asked(world), Heart())
    before = simulated.copy()
    simulated.clear()
    reached = {**whole, "teams": whole["teams"][:3]}
    again = simulate_teams(world.wired, replace(job, reached=reached), Heart())
    assert again == whole
    assert set(simulated) == set(before) - {one["employed"] for one in reached["teams"]}


def test_a_job_that_was_cut_off_begins_anew_with_another_book(
    world: World, simulated: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the night a file came: teams that worked the old book say nothing of the new one."""
    whole = simulate_teams(world.wired, job := asked(world), Heart())
    before = simulated.copy()
    simulated.clear()
    monkeypatch.setattr(working, "book_of", lambda _: {**BOOK, "fingerprint": "another"})
    simulate_teams(world.wired, replace(job, reached=whole), Heart())
    assert simulated == before


def test_a_book_is_known_again_and_another_is_not() -> None:
    first = little_day([case("c1"), case("c2", "b2")])
    rules = rules_of("CN")
    other_order = replace(first, cases=list(reversed(first.cases)))
    assert fingerprint(first, rules) == fingerprint(other_order, rules)
    others = (
        replace(first, cases=[case("c1"), case("c2", "b2", days_past_due=96)]),
        replace(first, shifts=first.shifts[:1]),
        replace(first, past=[failed("10:00", first.on)]),
    )
    told = {fingerprint(one, rules) for one in (first, *others)} | {
        fingerprint(first, rules_of("UK"))
    }
    assert len(told) == 5


LEVERS = {
    "bucket": "M2",
    "no_show": "5",
    "p_kept": "30",
    "worth": "20",
    "evening_begins": "12:00",
    "evening_ends": "21:00",
    "zones": "yes",
    "renewed": "yes",
    "pairs": "fixed",
    "starts": "office",
    "moves_by": "ebike",
    "chances": "windows",
    "aim": "worth",
    "reserve": "80",
    "profile": "UK",
    "mode": "feedback",
    "paths": "2",
    "also": "M4:7，m6:3",
    "hired_skills": "dialect, trucks",
    "first": str(TODAY + timedelta(days=3)),
}


def test_each_lever_of_the_form_is_asked_kept_and_shown_again(world: World) -> None:
    ada = english(world, "ada")
    assert ada.post(PAGE, LEVERS).status_code == 302
    question = question_of(world.wired.jobs.last("Town", JobKind.SIMULATE, 8)[0])
    asked = question.scenario
    assert question.first == TODAY + timedelta(days=3)
    assert (question.mode, question.paths, question.wages.worth) == (Mode.FEEDBACK, 2, 0.2)
    assert (asked.no_show, asked.assumed.p_kept, asked.zones) == (0.05, 0.3, True)
    assert [f"{one:%H:%M}" for one in asked.evening or ()] == ["12:00", "21:00"]
    assert (asked.pairs, asked.starts, asked.moves_by) == (Pairs.FIXED, Starts.OFFICE, Moves.EBIKE)
    assert (asked.chances, asked.aim, asked.profile) == (Chances.WINDOWS, Aim.WORTH, "UK")
    assert asked.renewed
    assert asked.reserve == 80
    assert asked.also == (Target("M4", 7), Target("M6", 3))
    assert asked.hired_skills == frozenset({"dialect", "trucks"})
    again = Form.of(question, TODAY + timedelta(days=1))
    assert again.question(TODAY + timedelta(days=1)) == question
    assert 'value="M4:7, M6:3"' in ada.page(PAGE)


def test_each_lever_stands_under_one_title(world: World) -> None:
    named = [name for _, names in GROUPS for name in names]
    assert sorted([*named, *IN_FRONT]) == sorted([*NUMBERS, *CHOICES, *TEXTS, *SWITCHES, "bucket"])
    page = english(world, "ada").page(PAGE)
    assert [page.count(f'name="{name}"') for name in named] == [1] * len(named)


def test_the_curve_begins_at_the_team_that_is_shown(world: World) -> None:
    """Four are enough; who looks at two reads two first, and beside another answer four again."""
    job = answered(world, replace(QUESTION, share=0.35))
    other = answered(world, replace(QUESTION, share=0.2))
    ada = english(world, "ada")
    firsts = [
        html.unescape(ada.page(f"{PAGE}?job={job.id}&{more}")).split('"shown": ')[1].split("}")[0]
        for more in ("", "team=2", f"team=2&beside={other.id}")
    ]
    assert [one.split(",")[0] for one in firsts] == ["4", "2", "4"]


def test_sentences_on_bands_stand_apart(world: World) -> None:
    """A tenth for each, ± 1.0: of those known eight are enough, and six and a half might be."""
    answered(world, replace(QUESTION, share=0.405))
    page = " ".join(english(world, "ada").page(PAGE).split())
    assert "4 collectors might be enough. Bands and ±" in page


def test_an_answer_tells_what_was_asked_besides_the_usual(world: World) -> None:
    question = filled({**LEVERS, "within": "14", "most": "8"}).question(QUESTION.first)
    assert question is not None
    answered(world, question)
    page = english(world, "ada").page(PAGE)
    assert "and from M4 on within 7 days" in page
    assert "Pairs: fixed (always the same two)" in page
    assert "30% of promises kept" in page
    assert "20% of expected money counts" in page
    assert "Each keeps to her district" in page


def test_each_of_several_targets_is_told_on_the_page_and_in_files(world: World) -> None:
    """Four in ten of all are in time, a quarter of the urgent: no team is enough for both."""
    scenario = Scenario(4, also=(Target("M4", 7),))
    question = replace(QUESTION, scenario=scenario, share=0.35)
    shares = MeanOf(0.4, 0.01, 4), MeanOf(0.25, 0.02, 4)
    both = replace(team(4), coverages=shares)
    job = asked(world, question)
    world.wired.jobs.claim("r1", NOON, [JobKind.SIMULATE])
    result = {**BOOK, "teams": [told(both)], "is_whole": True, "smallest": None}
    world.wired.jobs.finish(job.id, "r1", Ended(JobState.DONE, result), NOON)
    ada = english(world, "ada")
    page = " ".join(ada.page(PAGE).split())
    assert "from M2 on within 14 days: 40.0%" in page
    assert "from M4 on within 7 days: 25.0%" in page
    lines = ada.get(f"{PAGE}/{job.id}.csv").get_data(as_text=True).splitlines()
    assert {"4,M2:14,0.4,0.01", "4,M4:7,0.25,0.02"} <= set(lines)
    assert least({4: both}, 0.35) is None


def test_of_a_question_of_an_earlier_day_tomorrow_is_asked() -> None:
    tomorrow = QUESTION.first + timedelta(days=5)
    again = Form.of(QUESTION, tomorrow).question(tomorrow)
    assert again == replace(QUESTION, first=tomorrow)


@pytest.mark.parametrize(
    ("lever", "value", "told"),
    [
        ("also", "M4", "Write M4:7"),
        ("also", "M4:99", "Write M4:7"),
        ("owners", "fixed", "contradict each other"),
        ("mode", "guess", "There is no such choice."),
        ("profile", "XX", "There is no such choice."),
        ("first", str(TODAY), "Give a day from"),
        ("evening_ends", "11:00", "the earlier one first"),
        ("worth", "101", "Give a number from 0 to 100."),
        ("paths", "0", "Give a number from 1 to 20."),
    ],
)
def test_a_lever_that_cannot_be_says_so(world: World, lever: str, value: str, told: str) -> None:
    answer = english(world, "ada").post(PAGE, LEVERS | {lever: value})
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)


def test_the_curve_grows_while_the_job_runs(world: World) -> None:
    ada, job = english(world, "ada"), asked(world)
    world.wired.jobs.claim("r1", NOON)
    world.wired.jobs.keep(job.id, "r1", {**BOOK, "teams": [told(team(size)) for size in (2, 4)]})
    piece = ada.get(f"{PAGE}/{job.id}/progress")
    text = piece.get_data(as_text=True)
    assert piece.headers["X-Is-Over"] == "no"
    assert "2 teams are known" in text
    assert text.count('class="dot"') == 2
    held = {"If-None-Match": piece.headers["ETag"], **ada.headers}
    same = ada.get(f"{PAGE}/{job.id}/progress", headers=held)
    assert same.status_code == 304


def test_that_it_is_over_is_told_though_no_team_more_is_known(world: World) -> None:
    """The last team was told before the job ended: the piece is the same, and the page goes on."""
    ada, job = english(world, "ada"), asked(world)
    world.wired.jobs.claim("r1", NOON)
    known = {**BOOK, "teams": [told(team(size)) for size in (0, 8)]}
    world.wired.jobs.keep(job.id, "r1", known)
    path = f"{PAGE}/{job.id}/progress"
    before = ada.get(path)
    result = {**known, "is_whole": True, "smallest": None}
    world.wired.jobs.finish(job.id, "r1", Ended(JobState.DONE, result), NOON)
    held = {"If-None-Match": before.headers["ETag"], **ada.headers}
    after = ada.get(path, headers=held)
    assert after.get_data() == before.get_data()
    assert (after.status_code, after.headers["X-Is-Over"]) == (200, "yes")


def test_the_answer_stands_with_its_curve_and_the_same_numbers_as_a_table(world: World) -> None:
    job = answered(world, replace(QUESTION, share=0.35))
    page = " ".join(english(world, "ada").page(PAGE).split())
    assert "4 collectors are enough to visit 35% of the 40 cases from M2 on within 14 days." in page
    assert "Visits, borrowers met, money and overtime are totals of 10 days worked" in page
    assert "No team is expected to bring what it costs." in page, "all of it is what it costs"
    assert "Of 4 employed, 3.6 come on a mean day worked and 3.2 are on the road." in page
    assert "They go out in 1.6 crews." in page
    assert "4 more cases can be visited on none of the days, whatever the team, and do not" in page
    assert 'class="at smallest" x1="50.0"' in page, "four of the eight on the axis"
    assert page.count('class="dot"') == 4 + 3, "four teams; the beginning and two days"
    assert "40.0% <span" in page
    assert "Address not found" in page
    assert "Of 2 employed" in english(world, "ada").page(f"{PAGE}?job={job.id}&team=2")
    for text in ("Where 4 collectors leave cases unvisited", "East", "Area 2", "hire 1"):
        assert text in page
    assert "West: told together with others" in page, "on the map it has no figures"
    for name in ("Name B1", "B1-home", "Made-up Road", "alice"):
        assert name not in page


def kept_answer(world: World, *teams: TeamFigures, question: Question = QUESTION) -> Job:
    """Put the answer of these teams into the book."""
    job = asked(world, question)
    world.wired.jobs.claim("r1", NOON, [JobKind.SIMULATE])
    result = {**BOOK, "teams": list(map(told, teams)), "is_whole": True, "smallest": None}
    world.wired.jobs.finish(job.id, "r1", Ended(JobState.DONE, result), NOON)
    return job


def test_the_mode_is_named_and_how_far_it_is_from_the_other(world: World) -> None:
    answered(world)
    ada = english(world, "ada")
    assert "Way of simulating: execution" in ada.page(PAGE)
    far = {"coverage": MeanOf(0.023, 0.019, 20), "made": MeanOf(-10.0, 15.0, 20)}
    fed_back = replace(team(4), mode=Mode.FEEDBACK, how_far=far)
    job = kept_answer(world, fed_back, question=replace(QUESTION, mode=Mode.FEEDBACK))
    said = "With 4 employed it covers +2.3 ± 1.9 points beside execution"
    assert said in ada.page(PAGE)
    assert said in ada.get(f"{PAGE}/{job.id}.csv").get_data(as_text=True)
    pages = PdfReader(io.BytesIO(ada.get(f"{PAGE}/{job.id}.pdf").get_data())).pages
    assert said in " ".join(" ".join(one.extract_text() for one in pages).split())


def test_every_mean_has_its_band_and_a_case_its_days_of_waiting(world: World) -> None:
    answered(world, replace(QUESTION, share=0.35))
    page = english(world, "ada").page(PAGE)
    assert '<td class="figure">10.0<br><span class="quiet small">± 0.5</span></td>' in page
    for told_of in ("100", "± 4", "300", "± 9"):
        assert told_of in page
    assert "Days waited: how many days a case waits" in page


def test_what_keeps_a_team_from_planned_visits_is_told_by_reason(world: World) -> None:
    """One and a half a week for want of time; a hundredth would stand there as none."""
    answered(world)
    page = english(world, "ada").page(PAGE)
    assert "no time left before the end of the shift" in page
    assert "the hours would have been over" not in page


@pytest.mark.parametrize(
    ("language", "texts"), [("en", ("Fri", "Off duty")), ("zh", ("周五", "休息"))]
)
def test_the_week_that_was_settled_is_shown_and_handed_out(
    world: World, language: str, texts: tuple[str, ...]
) -> None:
    """Of three on a Friday two come early, one late and none is off."""
    visitor = world.visitor("ada", **{"Accept-Language": language})
    job = kept_answer(world, replace(team(3), week=WEEK))
    page = visitor.page(PAGE)
    for text in texts:
        assert text in page
    book = load_workbook(io.BytesIO(visitor.get(f"{PAGE}/{job.id}.xlsx").get_data()))
    rows = [[cell.value for cell in row] for row in book[book.sheetnames[-2]].iter_rows()]
    assert rows[-3] == [texts[0], 2, 1, 0]
    assert rows[-1][1:] == [0, 0, 3]


def test_one_team_alone_is_no_break_even() -> None:
    """The first that is known brings what it costs: of its last collector nothing is known yet."""
    rich = replace(team(4), recovered=MeanOf(900.0, 1.0, 200))
    assert Answer((rich,), 4, 0.35).break_even is None
    assert Answer((team(0), rich), 4, 0.35).break_even == 4


def test_an_answer_that_was_stopped_says_so(world: World) -> None:
    answered(world, QUESTION, 0, 2, is_whole=False)
    page = english(world, "ada").page(PAGE)
    assert "Stopped before all teams were known." in page
    assert "No team that is known so far is enough." in page


def test_what_was_stopped_goes_on_from_the_teams_that_are_known(
    world: World, simulated: list[int]
) -> None:
    stopped, jobs = asked(world, replace(QUESTION, share=0.35)), world.wired.jobs
    jobs.claim("r1", NOON, [JobKind.SIMULATE])
    known = simulate_teams(world.wired, stopped, Heart(stops_at=2))
    jobs.finish(stopped.id, "r1", Ended(JobState.CANCELLED, known), NOON)
    before = set(simulated)
    simulated.clear()
    ada = english(world, "ada")
    path = f"{PAGE}/{stopped.id}/go-on"
    assert path in ada.page(PAGE)
    assert ada.post(path).headers["Location"].endswith("?job=2")
    again = jobs.get(2)
    assert (again.parameters, again.made_by) == (stopped.parameters, "ada")
    assert simulate_teams(world.wired, again, Heart())["smallest"] == 4
    assert len(before) == 2
    assert simulated, "two teams do not tell the smallest"
    assert not before & set(simulated), "what is known is not worked again"


def test_neither_a_whole_answer_nor_one_of_an_earlier_day_goes_on(world: World) -> None:
    whole = answered(world)
    past = answered(world, replace(QUESTION, first=TODAY), 0, 2, is_whole=False)
    ada = english(world, "ada")
    for job in (whole, past):
        assert "/go-on" not in ada.page(f"{PAGE}?job={job.id}")
        assert ada.post(f"{PAGE}/{job.id}/go-on").status_code == 409


def test_two_answers_stand_side_by_side_on_one_axis(world: World) -> None:
    first = answered(world, replace(QUESTION, share=0.35))
    second = answered(world, replace(QUESTION, share=0.2), 0, 2)
    ada = english(world, "ada")
    assert f"job={second.id}&amp;beside={first.id}" in ada.page(PAGE)
    page = ada.page(f"{PAGE}?job={second.id}&beside={first.id}")
    assert "The other answer" in page
    assert 'class="at smallest" x1="25.0"' in page, "two of eight, not of its own two"
    assert 'class="at smallest" x1="50.0"' in page
    assert ada.get(f"{PAGE}?job=999").status_code == 404


def test_all_figures_are_handed_out_as_files(world: World) -> None:
    ada, job = english(world, "ada"), answered(world, replace(QUESTION, share=0.35))
    lines = ada.get(f"{PAGE}/{job.id}.csv").get_data(as_text=True).splitlines()
    header = next(number for number, line in enumerate(lines) if line.startswith("Employed"))
    rows = [line.split(",") for line in lines[header + 1 : header + 5]]
    assert [(row[0], row[4], row[5], row[6]) for row in rows[1:]] == [
        ("2", "0.8", "0.2", "0.01"),
        ("4", "1.6", "0.4", "0.01"),
        ("8", "3.2", "0.8", "0.01"),
    ]
    assert rows[0][-4:] == [""] * 4, "nothing costs something a visit that is not made"
    assert rows[2][-4:] == ["100.0", "4.0", "300.0", "9.0"]
    assert rows[2][7:9] == ["10.0", "0.5"], "of fourteen days four less"
    book = load_workbook(io.BytesIO(ada.get(f"{PAGE}/{job.id}.xlsx").get_data()))
    sheets = ["Teams", "Visited by day", "Districts, 4 collectors", "Visited on no day"]
    assert book.sheetnames == [*sheets, "Planned and not made", "What is assumed"]
    notes = [str(cell.value) for cell in book["Teams"]["A"]]
    assert notes[1].startswith("from M2 on within 14 days; beginning Tue 3 Mar; hours of the book")
    assert notes[2].startswith("A shift costs CN¥400, an hour of overtime CN¥90; 100% of expected")
    assert notes[3] == "No team is expected to bring what it costs."
    assert notes[4].startswith("Bands and ±")
    assert [row[0].value for row in book["What is assumed"].iter_rows(min_row=2)] == [
        *map(str, (*ASSUMED, STAFF_COST))
    ]
    places = book["Districts, 4 collectors"]
    assert [cell.value for cell in places["A"]][2:] == [
        "East",
        "Area 2",
        "Small districts together",
    ]
    assert [cell.value for cell in places["B"]][2:] == [25, 12, 7], "of three and four cases"
    assert [cell.value for cell in book["Visited by day"][3]][1:] == [0, 0.1, 0.2, 0.4]
    assert ada.get(f"{PAGE}/{job.id}.doc").status_code == 404
    assert ada.get(f"{PAGE}/{asked(world).id}.csv").status_code == 404


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("4 collectors are enough", "hours of the book", "Area 2", "What is assumed")),
        ("zh", ("4 名外访员足以", "按现有班次", "片区 2", "口径与假设", "小片区合计")),
    ],
)
def test_the_answer_is_on_paper_with_its_curve_and_what_is_assumed(
    world: World, language: str, texts: tuple[str, ...]
) -> None:
    job = answered(world, replace(QUESTION, share=0.35))
    visitor = world.visitor("ada", **{"Accept-Language": language})
    answer = visitor.get(f"{PAGE}/{job.id}.pdf")
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.get_data())).pages
    page = " ".join(page.extract_text() for page in pages)
    for text in (*texts, "40.0% ± 1.0", "East", "25", "Town"):
        assert text in page
    for name in ("Name B1", "Made-up Road", "alice", "<"):
        assert name not in page


def test_an_answer_of_before_crews_were_told_is_shown_without(world: World) -> None:
    job = asked(world)
    world.wired.jobs.claim("r1", NOON, [JobKind.SIMULATE])
    words = told(team(4))
    del words["crews"]
    result = {**BOOK, "teams": [words], "is_whole": True, "smallest": 4}
    world.wired.jobs.finish(job.id, "r1", Ended(JobState.DONE, result), NOON)
    page = " ".join(english(world, "ada").page(PAGE).split())
    assert "Of 4 employed, 3.6 come on a mean day worked and 3.2 are on the road." in page
    assert "They go out in" not in page


def test_other_than_the_usual_number_of_paths_is_told(world: World) -> None:
    answered(world, replace(QUESTION, paths=2))
    assert "2 paths of the book" in english(world, "ada").page(PAGE)
    assert simulation_of(world.wired, "Town", replace(QUESTION, paths=2)).paths == 2


def test_a_question_of_before_plans_had_an_aim_was_planned_by_worth(world: World) -> None:
    job = asked(world)
    scenario = {name: one for name, one in job.parameters["scenario"].items() if name != "aim"}
    before = replace(job, parameters={**job.parameters, "scenario": scenario})
    assert question_of(before).scenario.aim is Aim.WORTH
    assert question_of(job).scenario.aim is Aim.TARGET


def test_a_question_of_before_plans_had_a_reserve_is_read_without(world: World) -> None:
    job = asked(world)
    scenario = {name: one for name, one in job.parameters["scenario"].items() if name != "reserve"}
    before = replace(job, parameters={**job.parameters, "scenario": scenario})
    assert question_of(before) == question_of(job)
