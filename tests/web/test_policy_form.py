"""The rows of a policy in a form: what is typed stays, is arranged by presses, and is checked."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from data.policy import house_policy, policy_of, policy_text, read_policy
from scheduler.contacts import Channel
from scheduler.policy import Policy, PolicyRow, Step
from tests.data.test_policy import policies
from tests.data.world import ALICE
from tests.web.forms import Fields, form_of, presses_of
from tests.web.pages import World
from tests.web.test_dispatch import english
from tests.web.test_policy_pages import NEW, STRICTER, TOMORROW, people  # noqa: F401
from web.policy.typed import Typed, TypedRow, arranged, raw, typed_form, typed_policy

TOML = "/Town/policy/toml"


def opened(world: World, path: str = NEW) -> Fields:
    return form_of(english(world, "olga").page(path))


def pressed(world: World, fields: Fields, do: str, **more: str) -> Any:
    """Press a button of the form, with `more` typed over what stands there."""
    return english(world, "olga").post(NEW, {**fields, **more, "do": do})


def policy_in(page: str) -> Policy:
    """Return the policy that stands in a page's form."""
    return policy_of(raw(typed_form(MultiDict(form_of(page)))))


# --- the page and its reader agree


def test_what_holds_stands_in_the_form_whole(world: World) -> None:
    assert policy_in(english(world, "olga").page(NEW)) == house_policy()


def test_it_is_kept_as_it_was_typed(world: World) -> None:
    fields = opened(world)
    assert fields["rows 2.steps 3.channel"] == ["visit"]
    sent = {"rows 2.steps 3.from_days": "９", "rows 2.products": "*车*\n 消费贷 ", "note": "why"}
    answer = pressed(world, fields, "keep", **sent)
    assert answer.status_code == 400  # M1 has no row for all products now
    assert "M1 need a row for all products and risks" in answer.text
    answer = pressed(world, fields, "keep", **{**sent, "rows 2.products": ""})
    assert answer.status_code == 302
    (version,) = world.wired.store.policy_versions("Town")
    rows = house_policy().rows
    changed = replace(rows[1].steps[2], from_days=9)  # of full width, as Chinese keyboards write
    expected = replace(rows[1], steps=(*rows[1].steps[:2], changed))
    assert version.policy.rows == (rows[0], expected, *rows[2:])
    assert version.policy.prices == house_policy().prices


@given(policies)
@settings(suppress_health_check=[HealthCheck.too_slow])  # a policy is many draws
def test_every_policy_goes_through_the_form(policy: Policy) -> None:
    words = (word for row in policy.rows for word in (*row.products, *row.risks))
    assume(not any("\n" in word for word in words))  # they stand one on a line
    assert policy_of(raw(typed_policy(policy))) == policy


# --- faults


def test_all_faults_are_told_at_once_beside_their_fields(world: World) -> None:
    wrong = {
        "rows 1.steps 1.from_days": "soon",
        "rows 3.crew_size": "",
        "value.waiting_day": "much",
        "note": " ",
        "since": "",
    }
    answer = pressed(world, opened(world), "keep", **wrong)
    assert answer.status_code == 400
    page = unescape(answer.text)
    assert "5 things to mend" in page
    for told in (
        "expected a whole number from 0 to 3650, not 'soon'",
        "expected a whole number from 1 to 9, not nothing",
        "expected a number from 0 to 1000000, not 'much'",
        "Say what is changed, and why.",
        "Write the day from which it holds.",
    ):
        assert page.count(told) == 2, "in the list, and beside the field"
    assert 'href="#rows-1_steps-1_from_days">Row 1, step 1, From days past due</a>' in page
    assert page.count('aria-invalid="true"') == 5
    assert {name: form_of(page)[name][0] for name in wrong} == wrong, "nothing typed is lost"
    assert world.wired.store.policy_versions("Town") == []


def test_the_faults_are_in_chinese_too(world: World) -> None:
    fields = {**opened(world), "rows 1.steps 1.from_days": "x", "rows 2.steps 1.channel": "call"}
    page = unescape(world.visitor("olga").post(NEW, {**fields, "do": "check"}).text)
    assert "请填写 0 到 3650 之间的整数，不能是 'x'" in page
    assert "第 1 行、第 1 项措施、自逾期天数" in page
    assert "电话 出现两次" in page


def test_a_row_that_never_holds_is_told_at_that_row(world: World) -> None:
    fields = opened(world)
    del fields["rows 1.buckets"]  # none ticked: it takes all
    page = pressed(world, fields, "check").text
    for number in (2, 3, 4):
        row = page.split(f'id="rows-{number}"')[1].split("</section>")[0]
        assert "never holds" in row


def test_a_check_of_what_is_right_says_so(world: World) -> None:
    answer = pressed(world, opened(world), "check")
    assert answer.status_code == 200
    assert "Nothing is wrong with it." in answer.text


# --- presses


def test_rows_and_steps_are_added_moved_and_removed(world: World) -> None:
    olga = english(world, "olga")
    fields = opened(world)
    page = olga.post(NEW, {**fields, "title": "Half", "do": "insert 1"}).text
    fields = form_of(page)
    assert (fields["rows"], fields["title"]) == (["5"], ["Half"])
    typed = {"rows 1.buckets": "M1", "rows 1.risks": "high", "rows 1.steps 1.channel": "visit"}
    page = olga.post(NEW, {**fields, **typed, "do": "add-step 1"}).text
    fields = form_of(page)
    assert fields["rows 1.steps"] == ["2"]
    page = olga.post(NEW, {**fields, "rows 1.steps 1.from_days": "2", "do": "remove-step 1 2"}).text
    page = olga.post(NEW, {**form_of(page), "do": "insert 6"}).text
    page = olga.post(NEW, {**form_of(page), "do": "remove 6"}).text
    page = olga.post(NEW, {**form_of(page), "do": "down 1"}).text
    assert form_of(page)["rows 2.risks"] == ["high"]
    page = olga.post(NEW, {**form_of(page), "do": "up 2"}).text
    new = PolicyRow((Step(Channel.VISIT, from_days=2),), ("M1",), risks=("high",))
    told = policy_in(page)
    assert told.title == "Half"
    assert told.rows == (new, *house_policy().rows)


def test_each_press_of_the_page_is_understood(world: World) -> None:
    page = english(world, "olga").page(NEW)
    acts = {do.split()[0] for do in presses_of(page)}
    arranging = {"insert", "remove", "up", "down", "add-step", "remove-step"}
    assert acts == arranging | {"check", "toml", "preview", "keep"}
    assert "up 1" not in presses_of(page)
    assert "down 4" not in presses_of(page)
    assert presses_of(page)[0] == "check"  # what Enter presses in a field


LITTLE = Typed("t", "s", tuple(TypedRow(risks=name) for name in "abc"))


@pytest.mark.parametrize(
    ("act", "numbers", "left"),
    [
        ("up", [2], "bac"),
        ("up", [1], "abc"),
        ("down", [1], "bac"),
        ("down", [3], "abc"),
        ("remove", [2], "ac"),
        ("remove", [4], "abc"),
        ("remove", [0], "abc"),
        ("remove", [], "abc"),
        ("remove-step", [1], "abc"),
        ("insert", [9], "abc"),
    ],
)
def test_a_press_on_what_is_not_there_changes_nothing(
    act: str, numbers: list[int], left: str
) -> None:
    assert "".join(row.risks for row in arranged(LITTLE, act, numbers).rows) == left


@given(st.text("rows 0123456789.-", max_size=12), st.text(max_size=12))
def test_no_form_is_past_reading(name: str, value: str) -> None:
    """Whatever is sent is typed text, and told as it was sent."""
    typed = typed_form(MultiDict({"rows": "1", "rows 1.steps": "1", name: value, "title": value}))
    assert typed.title == value
    raw(typed)


# --- TOML


def test_toml_is_given_out_of_the_form_and_taken_into_it(world: World) -> None:
    file = pressed(world, opened(world), "toml")
    assert (file.mimetype, file.data.decode()) == ("application/toml", policy_text(house_policy()))
    olga = english(world, "olga")
    assert policy_in(olga.post(TOML, {"text": STRICTER}).text) == read_policy(STRICTER)
    upload = {"file": (BytesIO(b"\xef\xbb\xbf" + STRICTER.encode()), "p.toml"), "text": "x"}
    page = olga.post(TOML, upload, content_type="multipart/form-data").text
    assert policy_in(page) == read_policy(STRICTER)
    assert world.wired.store.policy_versions("Town") == []


def test_faults_of_toml_are_told_and_the_text_stays(world: World) -> None:
    text = 'title = "x"\nrow = 1\nrows = 1\n'
    answer = english(world, "olga").post(TOML, {"text": text})
    assert answer.status_code == 400
    page = unescape(answer.text)
    for told in ("unknown key", "expected text", "expected a list of tables"):
        assert told in page
    assert form_of(answer.text)["text"] == [text]
    page = unescape(world.visitor("olga").post(TOML, {"text": "x ="}).text)
    assert "不是 TOML" in page


# --- where it begins


def test_it_begins_from_a_version(world: World) -> None:
    with world.wired.store.writing(ALICE) as writer:
        writer.put_policy("Town", read_policy(STRICTER), TOMORROW, "later")
    assert policy_in(english(world, "olga").page(f"{NEW}?version=1")) == read_policy(STRICTER)
    assert english(world, "olga").get(f"{NEW}?version=9").status_code == 404


def test_it_goes_on_from_what_was_previewed(world: World) -> None:
    answer = pressed(world, opened(world), "preview", **{"rows 2.steps 3.from_days": "11"})
    number = answer.headers["Location"].rsplit("/", 1)[1]
    page = english(world, "olga").page(f"{NEW}?preview={number}")
    assert policy_in(page).rows[1].steps[2].from_days == 11
