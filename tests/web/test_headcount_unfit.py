"""Who is paid and cannot be sent, which rule refuses whom, and what costs are called."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from data.jobs import Ended, Job, JobKind, JobState
from data.plain import to_json
from scheduler.headcount.scenario import Scenario
from scheduler.headcount.unfit import Unfit
from scheduler.plan import Reason
from tests.data.world import ALICE, NOON, TODAY
from tests.web.pages import World
from tests.web.test_figures import english
from tests.web.test_headcount_page import BOOK, PAGE, QUESTION, asked, team
from web.cli.simulate_told import tell_team, tell_teams
from web.headcount.kept import read, told

LAPSED = TODAY - timedelta(days=30)
UNFIT = replace(
    team(4),
    unfit=(Unfit(LAPSED, 2), Unfit(TODAY + timedelta(days=1), 1)),
    unfit_on_shift=2.5,
    unserved={Reason.RULE: 7, Reason.NOT_PLACED: 4},
    refused_by={"house_stops": 5, "contact_first": 2},
    districts=(replace(team(4).districts[0], unfit=1), *team(4).districts[1:]),
)


def answered(world: World) -> Job:
    job = asked(world, replace(QUESTION, share=0.35))
    world.wired.jobs.claim("r1", NOON, [JobKind.SIMULATE])
    result = {**BOOK, "teams": [told(UNFIT)], "is_whole": True, "smallest": 4}
    world.wired.jobs.finish(job.id, "r1", Ended(JobState.DONE, result), NOON)
    return job


def test_what_is_kept_of_who_cannot_be_sent_is_all_of_it() -> None:
    assert read(json.loads(to_json(told(UNFIT)))) == UNFIT


def test_the_answer_says_how_many_are_paid_and_stay_and_names_nobody(world: World) -> None:
    answered(world)
    page = " ".join(english(world, "ada").page(PAGE).split())
    assert "3 of 4 employed are paid and cannot be sent" in page
    assert f"certificates expired on {LAPSED} (2), certificate ends on" in page
    assert "On a mean day worked 2.5 of them come and stay." in page
    assert "cannot be sent: 2.5" in page, "the sentence that tells the point of the curve"
    assert "1 cannot be sent" in page, "of those who start in the east"
    chinese = world.visitor("ada", **{"Accept-Language": "zh"}).page(PAGE)
    assert "在编 4 人中有 3 人照常计薪但不能派出" in chinese


def test_before_anybody_asks_the_page_says_who_of_the_book_cannot_be_sent(world: World) -> None:
    people = world.wired.store.collectors("Town")
    assert "cannot be sent" not in english(world, "ada").page(PAGE)
    with world.wired.store.writing(ALICE) as writer:
        writer.put_collectors("Town", [replace(people[0], certificate_expires=LAPSED), *people[1:]])
    page = " ".join(english(world, "ada").page(PAGE).split())
    said = f"1 of {len(people)} collectors in the book cannot be sent: certificate expired on"
    assert f"{said} {LAPSED} (1)." in page
    assert people[0].name not in page


def test_rules_that_refuse_are_named_with_their_cases(world: World) -> None:
    job = answered(world)
    ada = english(world, "ada")
    page = ada.page(PAGE)
    assert "The house makes no visit while one of these stops stands" in page
    assert "No visit before a contact" in page
    book = load_workbook(io.BytesIO(ada.get(f"{PAGE}/{job.id}.xlsx").data))
    lines = list(book["Visited on no day"].iter_rows(values_only=True))
    counts = {row[1]: row[2] for row in lines if row[0] and row[2] != "Cases"}
    assert counts["No visit before a contact"] == 2
    teams = book["Teams"]
    texts = [str(cell) for row in teams.iter_rows(values_only=True) for cell in row if cell]
    assert any("3 of 4 employed are paid" in one for one in texts)
    assert "Cannot be sent" in texts
    assert "Staff cost per visit" in texts


def test_paper_says_it_too(world: World) -> None:
    job = answered(world)
    pdf = PdfReader(io.BytesIO(english(world, "ada").get(f"{PAGE}/{job.id}.pdf").data))
    text = " ".join("".join(page.extract_text() for page in pdf.pages).split())
    assert "3 of 4 employed are paid and cannot be sent" in text
    assert "No visit before a contact" in text


def test_the_terminal_says_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    tell_teams([UNFIT], Scenario(0), "", as_json=False)
    printed = capsys.readouterr()
    words = " ".join((printed.out + printed.err).split())
    assert "3 of 4 employed are paid and cannot be sent, 2.5 of those who come" in words
    assert f"certificates held until {LAPSED} (2), {TODAY + timedelta(days=1)} (1)" in words
    assert "5: The house makes no visit while one of these stops stands" in words


def test_a_team_of_whom_nobody_can_be_sent_is_told_why(capsys: pytest.CaptureFixture[str]) -> None:
    nothing = replace(UNFIT.made, mean=0.0)
    tell_team(replace(UNFIT, made=nothing, on_road=0.0, on_shift=2.5))
    printed = capsys.readouterr()
    words = " ".join((printed.out + printed.err).split())
    assert "the certificates of all who come have expired" in words
