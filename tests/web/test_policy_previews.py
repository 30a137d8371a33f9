"""What a policy would change: looked at beside the pages, stopped, shown, and sent as a file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.jobs import Job, JobKind, JobState
from data.policy import house_policy, policy_text
from data.policy.kept_preview import file_of, kept_preview
from data.policy.preview_file import preview_csv
from routing.geocoding import Precision
from routing.point import Point
from scheduler.policy_preview import Preview
from tests.data.world import ALICE, ALL_KNOWN, NOON, TODAY, record, with_home
from tests.web.pages import Visitor, World
from tests.web.phone_days import make_lawful
from tests.web.test_dispatch import english
from tests.web.test_policy_pages import NEW, STRICTER, form, people  # noqa: F401
from web.jobs.work import work

ROOM = "/Town/policy/previews"


@pytest.fixture
def olga(world: World) -> Visitor:
    """A compliance officer, in a town with a case that is not visited yet."""
    make_lawful(world)
    place = {"point": Point(25.05, 121.5), "precision": Precision.EXACT}
    with world.wired.store.writing(ALICE) as writer:
        told = [with_home(record(9), **place)]
        writer.put_cases("Town", told, known=ALL_KNOWN, complete=False)
    return english(world, "olga")


def begun(olga: Visitor, text: str = STRICTER) -> str:
    """Begin a preview, and return the address that it leads to."""
    answer = olga.post(NEW, form("preview", text))
    assert answer.status_code == 302
    return answer.headers["Location"]


def done(world: World) -> Job:
    """Do the oldest job as the worker would."""
    job = world.wired.jobs.claim("r1", NOON)
    assert job is not None
    ended = work(world.wired.home.path, job.id, "r1")
    world.wired.jobs.finish(job.id, "r1", ended, NOON)
    return world.wired.jobs.get(job.id)


def test_it_is_looked_at_beside_the_pages_and_shown_when_done(world: World, olga: Visitor) -> None:
    where = begun(olga)
    waiting = olga.page(where)
    assert "waits for its turn" in waiting
    assert 'http-equiv="refresh"' in waiting  # without a script, too
    assert "Stop</button>" in waiting
    job = done(world)
    assert (job.kind, job.state) == (JobKind.PREVIEW, JobState.DONE)
    page = olga.page(where)  # the same address: a reload shows it
    assert "falls out" in page
    assert 'http-equiv="refresh"' not in page
    assert "and policy 1 asks for a visit from 55 days on" in page  # its number once it is kept
    # The four cases are 40 days past due: none is visited from day 55 on.
    assert (job.result or {})["visited_after"] == 0
    file = olga.get(f"{where}.csv")
    assert file.mimetype == "text/csv"
    assert file.data.decode("utf-8-sig").startswith("case,borrower,bucket")
    assert f"{TODAY + timedelta(days=1)}.csv" in file.headers["Content-Disposition"]
    assert world.wired.store.policy_versions("Town") == []


def test_a_second_press_begins_no_second(world: World, olga: Visitor) -> None:
    where = begun(olga)
    assert begun(olga) == where
    other = olga.post(NEW, form("preview", policy_text(house_policy())))
    assert other.status_code == 409
    assert "Another preview is under way" in other.text
    assert "House default" in other.text  # what was typed is there
    assert len(world.events("job.added")) == 1
    done(world)
    assert begun(olga) != where  # the facts may have changed


def test_it_can_be_stopped_and_begun_again(world: World, olga: Visitor) -> None:
    where = begun(olga)
    assert olga.post(f"{where}/stop").headers["Location"] == where
    assert "Stopped before all was looked at." in olga.page(where)
    assert olga.get(f"{where}.csv").status_code == 404
    again = olga.post(f"{where}/again").headers["Location"]
    assert again != where
    assert done(world).parameters["policy"] == STRICTER


def test_a_stop_is_heard_while_it_looks(world: World, olga: Visitor) -> None:
    where = begun(olga)
    job = world.wired.jobs.claim("r1", NOON)
    assert job is not None
    olga.post(f"{where}/stop")
    assert work(world.wired.home.path, job.id, "r1").state is JobState.CANCELLED


def test_how_far_it_is_is_a_piece_of_the_page(world: World, olga: Visitor) -> None:
    where = begun(olga)
    job = world.wired.jobs.claim("r1", NOON)
    assert job is not None
    world.wired.jobs.tell(job.id, "r1", {"done": 1_500, "total": 3_000})
    told = olga.get(f"{where}/progress")
    assert "1,500 of 3,000 borrowers" in told.text
    assert told.headers["X-Is-Over"] == "no"
    etag = {"If-None-Match": told.headers["ETag"], "Accept-Language": "en"}
    assert olga.get(f"{where}/progress", headers=etag).status_code == 304
    olga.post(f"{where}/stop")
    assert "stopping" in olga.get(f"{where}/progress").text


def test_who_may_look_and_who_may_begin(world: World, olga: Visitor) -> None:
    where = begun(olga)
    done(world)
    assert "falls out" in english(world, "pia").page(where)
    assert english(world, "pia").post(f"{where}/again").status_code == 403
    assert english(world, "pia").post(f"{where}/stop").status_code == 403
    # Lists of all agencies' cases are nothing for the officer of one.
    for path in (where, f"{where}.csv", f"{where}/progress"):
        assert english(world, "nils").get(path).status_code == 403
    assert english(world, "alice").get(where).status_code == 403


def test_a_number_of_other_work_is_no_preview(world: World, olga: Visitor) -> None:
    other = world.wired.jobs.add(JobKind.CREWS, "Town", TODAY, ALICE)
    assert olga.get(f"{ROOM}/{other.id}").status_code == 404
    assert olga.get(f"{ROOM}/77").status_code == 404


def test_what_is_kept_gives_the_file_back() -> None:
    found = Preview(0, 0, 0, ())
    assert file_of(kept_preview(found)) == preview_csv(found)
