"""What a new question opens with: the usual assumptions, and what a planner chose herself."""

from __future__ import annotations

import re
from dataclasses import replace
from inspect import signature

from data.jobs import Ended, JobKind, JobState
from data.plain import to_plain
from scheduler.headcount.limits import ENOUGH, LARGEST, MOST
from scheduler.headcount.scenario import Aim, Scenario, Target
from tests.data.world import ALICE, NOON
from tests.web.pages import World
from tests.web.test_figures import english
from tests.web.test_headcount_page import BOOK, LEVERS, PAGE, QUESTION, answered
from web.cli.simulate import simulate
from web.headcount.asked import Question, chosen_in, question_of
from web.headcount.differing import LABELS, differing
from web.headcount.form import Form
from web.headcount.levers import NUMBERS

ANOTHER = replace(QUESTION, scenario=Scenario(0, Target("M2", 7), aim=Aim.WORTH), most=MOST)
FORM = re.compile(r'<input[^>]* id="within"[^>]* value="(\d+)"', re.DOTALL)


def told(page: str) -> list[str]:
    """Return what a page says differs from usual."""
    box = page.split('id="differs"')[1].split("</div>")[0]
    return re.findall(r"<li>([^<]*)</li>", box)


def within(page: str) -> str:
    found = FORM.search(page)
    assert found
    return found[1]


def test_what_a_colleague_asked_is_not_asked_again(world: World) -> None:
    """Alice asked for 7 days by worth alone; Ada sees her answer, and her own question is usual."""
    job = answered(world, ANOTHER)
    ada = english(world, "ada")
    page = ada.page(PAGE)
    assert "within 7 days" in page, "the answer is there"
    assert (within(page), told(page)) == ("14", [])
    looked_up = ada.page(f"{PAGE}?job={job.id}")
    assert within(looked_up) == "7"
    assert told(looked_up) == ["Within days: 7", "Plans go first: where it is worth most"]


def test_what_she_chose_herself_stays_until_she_goes_back_to_usual(world: World) -> None:
    ada = english(world, "ada")
    assert (
        ada.post(PAGE, {"bucket": "M2", "within": "7", "aim": "worth", "zones": "yes"}).status_code
        == 302
    )
    page, job = ada.page(PAGE), world.wired.jobs.last("Town", JobKind.SIMULATE, 1)[0]
    differs = [
        "Within days: 7",
        "Each keeps to her district",
        "Plans go first: where it is worth most",
    ]
    assert told(page) == differs
    back = f"{PAGE}?job={job.id}&amp;usual=yes#question"
    assert f'href="{back}"' in page
    usual = ada.page(back.replace("&amp;", "&").removesuffix("#question"))
    assert (within(usual), told(usual)) == ("14", [])
    assert "waits for its turn" in usual, "the answer stays where it is"


def test_what_nobody_could_choose_is_no_choice_of_hers(world: World) -> None:
    """Ada asked before plans had an aim: the answer was by worth, her next question is as usual."""
    plain = to_plain(replace(QUESTION, most=MOST))
    scenario = {name: one for name, one in plain["scenario"].items() if name != "aim"}
    job = world.wired.jobs.add(
        JobKind.SIMULATE, "Town", None, ALICE, **{**plain, "scenario": scenario}
    )
    assert question_of(job).scenario.aim is Aim.WORTH
    assert chosen_in(job).scenario.aim is Aim.TARGET
    assert told(english(world, "ada").page(f"{PAGE}?job={job.id}")) == []


def test_what_is_wrong_still_tells_what_is_not_usual(world: World) -> None:
    answer = english(world, "ada").post(PAGE, {"bucket": "M2", "within": "0", "share": "90"})
    assert told(answer.get_data(as_text=True)) == [
        "Within days: 0",
        "Share that is enough, in percent: 90",
    ]


def test_as_usual_is_also_what_is_left_empty_or_written_otherwise() -> None:
    form = Form.of(None)
    assert form.differing() == []
    form.values |= {"within": "14.0", "share": "", "owners": "", "aim": " target "}
    assert form.differing() == []


def test_each_lever_has_a_name_and_is_told(world: World) -> None:
    """A lever that is added to the form later is told, too: none differs silently."""
    form = Form.of(None)
    assert set(LABELS) == set(form.values)
    form.values |= LEVERS | {"bucket": "M4"}
    assert set(form.differing()) == {*LEVERS, "bucket"}
    with world.app.test_request_context(headers={"Accept-Language": "en"}):
        assert len(differing(form)) == len(LEVERS)


def test_the_usual_question_is_the_one_that_the_form_opens_with() -> None:
    usual = Form.of(None).question(QUESTION.first)
    assert usual == Question(QUESTION.first, Scenario(0))
    assert usual is not None
    assert usual.most == MOST


def test_a_failed_answer_leaves_the_question_usual(world: World) -> None:
    job = world.wired.jobs.add(JobKind.SIMULATE, "Town", None, ALICE, **to_plain(ANOTHER))
    world.wired.jobs.claim("r1", NOON, [JobKind.SIMULATE])
    world.wired.jobs.finish(job.id, "r1", Ended(JobState.FAILED, BOOK, "broken"), NOON)
    assert told(english(world, "ada").page(PAGE)) == []


def test_page_and_terminal_look_at_teams_of_the_same_size() -> None:
    asked = signature(simulate).parameters
    assert (asked["most"].default, asked["share"].default) == (MOST, ENOUGH)
    assert (NUMBERS["most"].usual, NUMBERS["share"].usual) == (MOST, 100 * ENOUGH)
    assert NUMBERS["most"].high == LARGEST
