"""A list from its upload to its end: columns, what it would change, taken in, taken back."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from data.jobs import JobKind, JobState
from data.readers.templates import REGISTRIES
from routing.geocoding import GeocodeResult, Precision
from scheduler.model import OwnerPolicy
from scheduler.standing_in import Handing
from tests.data.built_city import add_city
from tests.data.world import ALICE, TODAY, TOWN, shift
from tests.web.pages import Visitor, World
from tests.web.test_dispatch import DAY, english
from tests.web.test_map import EXTRACT
from web.imports import preview
from web.imports.kinds import KINDS
from web.imports.uploads import FOLDER
from web.jobs.work import work

CASES = "合同号,姓名,家庭地址,逾期金额\n"
GOOD = CASES + "N1,赵一,中山路 8 号,100\n"
WITH_BAD = GOOD + "N2,钱二,中山路 9 号,-5\n"


def send(
    dora: Visitor, text: str | bytes, kind: str = "cases", name: str = "list.csv", **more: str
) -> Any:
    """Send a list, and follow to where it leads."""
    content = text.encode() if isinstance(text, str) else text
    told = {"kind": kind, "file": (BytesIO(content), name), **more}
    answer = dora.post(f"{DAY}/import", told, content_type="multipart/form-data")
    return follow(dora, answer)


def follow(dora: Visitor, answer: Any) -> Any:
    for _ in range(4):
        if answer.status_code != 302:
            break
        where = answer.location
        answer = dora.get(where)
        answer.where = where
    return answer


def press(dora: Visitor, shown: Any, path: str = "", **told: str) -> Any:
    """Press the button of the page that `shown` is, and follow to where it leads."""
    return follow(dora, dora.post(shown.where + path, told))


def open_cases(world: World) -> set[str]:
    return {case.id for case in world.wired.store.open_day("Town", TODAY).cases}


def columns(*names: str) -> dict[str, str]:
    """Return what the form of columns sends."""
    return {f"column-{position}": name for position, name in enumerate(names)}


# What it would change


def test_a_clear_list_is_shown_before_anything_changes(world: World) -> None:
    dora, before = english(world), open_cases(world)
    shown = send(dora, WITH_BAD)
    assert "What it would change" in shown.text
    assert "is negative; write the sum that is owed, zero or more" in shown.text
    assert open_cases(world) == before
    assert world.events("file.imported") == []
    taken = press(dora, shown)
    assert open_cases(world) - before == {"N1"}
    assert "1 new, 0 changed, 0 unchanged" in taken.text
    assert "The button at the top right is the next step" in taken.text
    (event,) = (e for e in world.wired.store.events(limit=50) if e.kind == "file.imported")
    assert "list.csv" not in str(event)


def test_pressed_twice_it_is_in_once_and_its_rows_are_gone_from_the_home(world: World) -> None:
    dora = english(world)
    shown = send(dora, GOOD)
    press(dora, shown)
    press(dora, shown)
    assert world.events("file.imported") == ["1"]
    assert list(world.wired.home.path.glob(f"{FOLDER}/*/list*")) == []


def test_changed_rows_name_their_fields_and_whole_lists_what_they_end(world: World) -> None:
    dora = english(world)
    press(dora, send(dora, GOOD))
    shown = send(dora, CASES + "N1,赵一,中山路 9 号,250\n", whole="yes")
    page = re.sub(r"\s+", " ", shown.text)
    assert "<strong>N1</strong>" in page
    assert "Overdue 1" in page
    assert "Ends" in page
    assert "C1, C2, C3" in page
    press(dora, shown)
    assert open_cases(world) == {"N1"}
    # Taken back, it is as after the first list.
    press_back(dora, world, 2)
    assert open_cases(world) == {"C1", "C2", "C3", "N1"}


def test_planned_visits_that_would_lose_their_crew_are_told(world: World) -> None:
    """Alice goes to B1 today; owners are fixed, and the list gives C1 to bob."""
    with world.wired.store.writing(ALICE) as writer:
        writer.put_city(replace(TOWN, owner_policy=OwnerPolicy.FIXED))
        writer.give_cases("Town", Handing({"C1": "alice"}))
    dora = english(world)
    row = "C1,王小明,中山路 1 号,100"
    head = CASES.replace("\n", ",责任人\n")
    told = re.sub(r"\s+", " ", send(dora, f"{head}{row},bob\n").text)
    assert "1 planned visit loses its crew" in told
    assert f"<strong>C1</strong> · {TODAY} · new owner bob" in told
    assert "loses its crew" not in send(dora, f"{head}{row},alice\n").text


def test_the_bad_rows_are_a_file_to_mend_and_send_again(world: World) -> None:
    dora = english(world)
    shown = send(dora, WITH_BAD)
    sheet = load_workbook(BytesIO(dora.get(f"{shown.where}/faults.xlsx").data)).active
    header, row = list(sheet.values)
    assert header == ("合同号", "姓名", "家庭地址", "逾期金额", "错误 / What to do")
    assert row[0] == "N2"
    assert "is negative" in row[4]
    sheet["D2"] = "5"
    mended = io.BytesIO()
    sheet.parent.save(mended)
    again = send(dora, mended.getvalue(), name="mended.xlsx")
    press(dora, again)
    assert "N2" in open_cases(world)


def test_a_file_that_cannot_be_read_says_why(world: World) -> None:
    dora = english(world)
    answer = send(dora, b"%PDF-1.7 no list")
    assert answer.status_code == 400
    assert "is a PDF" in answer.text
    assert list(world.wired.home.path.glob(f"{FOLDER}/*/list*")) == []


def test_the_same_file_again_says_so_and_changes_nothing(world: World) -> None:
    dora = english(world)
    press(dora, send(dora, GOOD))
    again = send(dora, GOOD)
    assert "in the book as import 1" in again.text
    assert "It changes nothing." in again.text


# Columns


def test_columns_are_told_once_and_remembered(world: World) -> None:
    dora = english(world)
    known = {place.id for place in world.wired.store.open_day("Town", TODAY).places}
    rows = "Vertrag,Kunde,Wohnt in,地址类型\nN1,赵一,中山路 8 号,老家\nN2,钱二,中山路 9 号,单位\n"
    asked = send(dora, rows)
    assert "Which column is which" in asked.text
    assert "赵一" not in asked.text  # its values are masked
    assert "Needed, and not found yet: Contract, Name" in asked.text
    named = columns("contract", "name", "address", "place_kind")
    lacking = press(dora, asked, **(named | {"column-1": ""}))
    assert lacking.status_code == 400
    assert "Still missing: Name" in lacking.text
    doubled = press(dora, asked, **(named | {"column-2": "name"}))
    assert "Two columns are the same" in doubled.text
    strange = press(
        dora, asked, **named, asked="place_kind:老家", **{"word-place_kind:老家": "registered"}
    )
    assert "What it would change" in strange.text
    press(dora, strange)
    places = world.wired.store.open_day("Town", TODAY).places
    assert {p.address: p.kind for p in places if p.id not in known} == {
        "中山路 8 号": "registered",
        "中山路 9 号": "work",
    }
    # The next list with these headers needs nobody.
    assert "What it would change" in send(dora, rows.replace("N1", "N3")).text


def test_strange_words_are_asked_about_before_rows_stay_out(world: World) -> None:
    dora = english(world)
    rows = "合同号,姓名,地址,地址类型\nN1,赵一,中山路 8 号,老家\n"
    asked = send(dora, rows)
    assert "Words that are not understood" in asked.text
    named = columns("contract", "name", "address", "place_kind")
    left = press(
        dora, asked, **named, asked="place_kind:老家", **{"word-place_kind:老家": "as-it-is"}
    )
    assert "Rows that stay out" in left.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_encoding(world: World, encoding: str) -> None:
    dora = english(world)
    press(dora, send(dora, GOOD.encode(encoding)))
    assert "N1" in open_cases(world)


# Other lists


def test_each_kind_comes_in_and_goes_back(world: World) -> None:
    dora = english(world)
    before = world.wired.store.open_day("Town", TODAY)
    lists = {
        "collectors": "工号,姓名,出发纬度,出发经度,坐标系\nzoe,Zoe,25.01,121.51,WGS-84\n",
        "shifts": f"工号,日期,上班时间,下班时间\nzoe,{TODAY},09:00,18:00\n",
        "pairs": "成员一,成员二\nalice,zoe\n",
        "contacts": f"合同号,渠道,结果,时间\nC1,电话,接通,{TODAY} 08:00\n",
        "payments": f"合同号,还款金额,还款时间\nC1,10,{TODAY} 08:00\n",
        "scores": f"合同号,还款概率,评分日期,评分来源\nC1,0.35,{TODAY},model-7\n",
    }
    for kind, rows in lists.items():
        shown = send(dora, rows, kind)
        assert "What it would change" in shown.text, (kind, shown.text)
        assert "1 new" in press(dora, shown).text, kind
    for number in range(len(lists), 0, -1):
        press_back(dora, world, number)
    assert world.wired.store.open_day("Town", TODAY) == before


def test_scores_of_unknown_cases_stay_out(world: World) -> None:
    rows = f"合同号,还款概率,评分日期,评分来源\nC1,0.35,{TODAY},model-7\nC99,0.5,{TODAY},model-7\n"
    assert "C99" in send(english(world), rows, "scores").text


# Taken back


def press_back(dora: Visitor, world: World, number: int) -> Any:
    world.clock.pass_by(seconds=1)
    return follow(dora, dora.post(f"{DAY}/imports/{number}"))


def test_what_taking_back_does_is_told_before(world: World) -> None:
    dora = english(world)
    press(dora, send(dora, CASES + "N1,赵一,中山路 8 号,100\nN2,钱二,中山路 9 号,5\n"))
    world.clock.pass_by(minutes=1)
    press(dora, send(dora, CASES + "N2,钱二,中山路 9 号,7\n"))
    told = dora.page(f"{DAY}/imports/1")
    assert "1 stays, as something stands on it" in told
    assert "import 2 changed it since" in told
    assert "What goes, by whose it is" in told
    back = press_back(dora, world, 1)
    assert "partly taken back" in back.text
    assert "What went, of 1" in back.text
    assert re.search(r"N1</strong> <span[^>]*>[^<]*the case: closed", back.text)
    assert open_cases(world) == {"C1", "C2", "C3", "N2"}
    listed = dora.page(f"{DAY}/imports")
    assert "partly taken back" in listed
    assert "in the book" in listed


# Long lists


def test_a_long_list_is_looked_at_and_taken_in_beside_the_pages(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "LONG_ROWS", 2)
    dora = english(world)
    rows = CASES + "".join(f"N{n},赵一,中山路 {n} 号,100\n" for n in range(4))
    waiting = send(dora, rows)
    assert "The answer appears here" in waiting.text
    assert dora.get(f"{waiting.where}/progress").headers["X-Is-Over"] == "no"
    done(world)
    shown = follow(dora, dora.get(waiting.where))
    shown.where = waiting.where
    assert "What it would change" in shown.text
    press(dora, shown)
    assert "N1" not in open_cases(world)
    done(world)
    assert "4 new" in follow(dora, dora.get(waiting.where)).text
    assert {"N0", "N1", "N2", "N3"} < open_cases(world)


def test_two_long_lists_are_looked_at_in_turn_and_the_very_same_one_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "LONG_ROWS", 1)
    monkeypatch.setattr("web.imports.preview.look", None)  # read once, before the page is shown
    dora = english(world)
    first, twin = send(dora, GOOD), send(dora, GOOD)
    other = send(dora, CASES + "N9,赵一,中山路 9 号,100\n")
    kinds = world.wired.jobs.all_alive("Town", TODAY, JobKind.LOOK)
    assert [one.parameters["upload"] for one in kinds] == [
        sent.where.rsplit("/", 1)[-1] for sent in (first, other)
    ]
    # Who waits for the same one lets go of it alone.
    assert "nothing of the list is in" in press(dora, twin, "/stop").text
    assert "The answer appears here" in dora.page(twin.where)
    for _ in range(2):
        done(world)
    for sent in (first, twin, other):
        assert "What it would change" in dora.page(sent.where)


def test_who_waits_for_a_list_that_another_stops_looks_at_it_herself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "LONG_ROWS", 1)
    dora = english(world)
    first, twin = send(dora, GOOD), send(dora, GOOD)
    press(dora, first, "/stop")
    assert "The answer appears here" in dora.page(twin.where)
    done(world)
    assert "What it would change" in dora.page(twin.where)


def test_a_long_list_that_is_stopped_is_not_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "LONG_ROWS", 1)
    dora = english(world)
    waiting = send(dora, GOOD)
    answer = press(dora, waiting, "/stop")
    assert "nothing of the list is in" in answer.text
    assert "nothing of the list is in" in dora.page(waiting.where)


def done(world: World) -> None:
    """Do the job that waits."""
    job = world.wired.jobs.claim("r1", world.clock())
    assert job is not None
    ended = work(world.wired.home.path, job.id, "r1")
    assert ended.state is JobState.DONE, ended
    world.wired.jobs.finish(job.id, "r1", ended, world.clock())


# Who, and with what


def test_a_list_of_another_kind_is_read_as_what_it_is_by_one_press(world: World) -> None:
    dora = english(world)
    shown = send(dora, "工号,姓名,出发纬度,出发经度,坐标系\nK1,甲,25,121.5,WGS-84\n")  # as cases
    assert "Needed, and not found yet: Contract." in shown.text
    assert "Read it as that: Collectors" in shown.text
    shown.where = shown.where.removesuffix("/columns")
    again = press(dora, shown, "/kind", kind="collectors")
    assert "What it would change" in again.text
    assert "Collectors" in again.text
    assert dora.post(f"{again.where}/kind", {"kind": "magic"}).status_code == 400


def test_the_list_that_a_day_still_needs_is_chosen_beforehand(world: World) -> None:
    dora = english(world)
    assert re.search(r'value="cases" checked', dora.page(f"{DAY}/import")), "it needs none"
    free = f"/Town/{TODAY + timedelta(days=40)}"
    assert re.search(r'value="shifts" checked', dora.page(f"{free}/import"))
    assert re.search(r'value="payments" checked', dora.page(f"{free}/import?kind=payments"))


def test_how_long_to_search_is_asked_on_other_rooms_pages_too(world: World) -> None:
    homes = world.wired.store.open_day("Town", TODAY).places
    found = GeocodeResult(homes[0].point, Precision.CONFIRMED, 0.0, "test")
    with world.wired.store.writing(ALICE) as writer:
        writer.put_shifts("Town", [shift(who, day=1) for who in ("alice", "bob")])
        writer.put_positions("Town", dict.fromkeys(homes, found))
    page = english(world).page(f"/Town/{TODAY + timedelta(days=1)}/imports")
    assert "search 10 s" in page


def test_nothing_is_imported_without_a_file_or_kind(world: World) -> None:
    dora = english(world)
    answer = dora.post(f"{DAY}/import", {"kind": "cases"}, content_type="multipart/form-data")
    assert "Choose a file first" in answer.text
    assert dora.post(f"{DAY}/import", {"kind": "secrets"}).status_code == 400


def test_a_list_is_its_senders_alone(world: World) -> None:
    shown = send(english(world), GOOD)
    assert english(world, "nora").get(shown.where).status_code == 403  # one agency's dispatcher
    assert english(world).get(f"{DAY}/import/{'0' * 32}").status_code == 404
    assert english(world).get(f"{DAY}/import/..%2f..%2f").status_code == 404
    assert english(world).get(f"{DAY}/imports/77").status_code == 404


def test_an_old_list_goes_with_the_next(world: World) -> None:
    dora = english(world)
    shown = send(dora, GOOD)
    world.clock.pass_by(hours=25)
    dora = english(world)
    send(dora, GOOD)
    assert dora.get(shown.where).status_code == 404


def test_a_made_up_home_takes_no_real_people(world: World) -> None:
    (world.wired.home.path / "MADE-UP").touch()
    dora = english(world)
    rows = "合同号,姓名,家庭地址\n{id},赵一,中山路 8 号\n"
    refused = send(dora, rows.format(id="HT-1"))
    assert refused.status_code == 400
    assert "made-up data and takes no real list" in refused.text
    assert send(dora, rows.format(id="DEMO-1")).status_code == 200


@pytest.mark.parametrize("kind", [*KINDS, "gazetteer"])
def test_there_is_a_template_for_each_list(world: World, kind: str) -> None:
    answer = english(world).get(f"/Town/template/{kind}.xlsx")
    assert answer.data.startswith(b"PK")
    assert kind in REGISTRIES


@pytest.mark.parametrize("days", [0, 1, 7])  # nobody has called on a day that is not there yet
def test_the_samples_make_a_first_day(world: World, days: int) -> None:
    add_city(world.wired.home.cities, "Town", EXTRACT)
    dora, on = english(world), TODAY + timedelta(days=days)
    for kind in ("cases", "collectors", "shifts"):
        sample = dora.get(f"/Town/{on}/sample/{kind}.xlsx").data
        shown = send(dora, sample, kind, name="sample.xlsx")
        assert "What it would change" in shown.text, shown.text
        assert "Rows that stay out" not in shown.text
        press(dora, shown)
    day = world.wired.store.open_day("Town", on)
    assert sum(case.id.startswith("DEMO-S") for case in day.cases) == 24
    assert sum(one.collector_id.startswith("DEMO-K") for one in day.shifts) == 4
    assert world.wired.store.unplaced("Town") == []


def test_the_pages_speak_chinese(world: World) -> None:
    visitor = world.visitor("dora", **{"Accept-Language": "zh-CN"})
    shown = send(visitor, WITH_BAD)
    assert "会带来哪些改动" in shown.text
    assert "不导入的行" in shown.text
    assert "尚未导入名单" in visitor.page(f"{DAY}/imports")
