"""A policy as TOML: the house's own, every fault at once, and text that says all of it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.policy import InvalidPolicyError, digest, house_policy, policy_text, read_policy
from data.policy.house import DEFAULT
from scheduler.contacts import Channel
from scheduler.model import BUCKETS
from scheduler.policy import Policy, PolicyRow, Step
from scheduler.value import VisitPrices

LITTLE = """
title = "Little"
source = "D: made up"

[[rows]]
products = ["*车*"]
crew_size = 3
steps = [{ channel = "visit", from_days = 7, every_days = 4, most = 2, script = "V-1" }]

[[rows]]
steps = [{ channel = "call", from_days = 1 }]

[value]
waiting_day = 0.75
"""


def faults(text: str) -> list[str]:
    with pytest.raises(InvalidPolicyError) as told:
        read_policy(text, "p.toml")
    return str(told.value).splitlines()


# --- the house's own


def test_the_houses_default_is_marked_as_its_own() -> None:
    assert house_policy().source.startswith("D: ")
    assert house_policy().number == 0


def test_the_houses_default_weighs_as_the_program_does() -> None:
    """One set of figures, not two."""
    assert house_policy().prices == VisitPrices()


@pytest.mark.parametrize("number", range(1, 8))
def test_the_house_visits_every_overdue_bucket(number: int) -> None:
    row = house_policy().row(f"M{number}", "loan", "")
    assert row is not None
    assert row.visit is not None
    assert row.visit.from_days <= 30 * number
    assert row.visit.every_days <= 3, "the profile's days_between_visits is the stricter one"


def test_the_house_visits_nobody_who_is_not_overdue() -> None:
    row = house_policy().row("M0", "loan", "")
    assert row is not None
    assert row.visit is None


# --- reading


def test_what_is_written_is_read() -> None:
    told = read_policy(LITTLE)
    first, second = told.rows
    assert (first.products, first.crew_size, first.buckets) == (("*车*",), 3, ())
    assert first.visit == Step(Channel.VISIT, 7, 4, 2, 30, "V-1")
    assert second.steps == (Step(Channel.CALL, 1),)
    assert told.prices == VisitPrices(waiting_day=Decimal("0.75"))


def test_all_faults_are_told_at_once_with_their_keys() -> None:
    told = faults("""
        title = " "
        source = "D"
        colour = "red"
        [[rows]]
        buckets = ["M1", "M9"]
        crew_size = 0
        steps = [
            { channel = "fax", from_days = 1 },
            { channel = "call", from_days = "soon", every_days = true },
            { channel = "call", from_days = 1, often = 2 },
        ]
        [value]
        score_weight = 1.5
        p_paid_if_met = { M0 = 2 }
    """)
    starts = [line.split(": ")[1] for line in told]
    assert all(line.startswith("p.toml: ") for line in told)
    assert set(starts) == {
        *("title", "colour"),
        *("rows 1.buckets", "rows 1.crew_size", "rows 1.steps"),
        *("rows 1.steps 1.channel", "rows 1.steps 2.from_days", "rows 1.steps 2.every_days"),
        *("rows 1.steps 3.often",),
        *("value.score_weight", "value.p_paid_if_met.M0", "value.p_paid_if_met.M1"),
        *(f"value.p_paid_if_met.M{n}" for n in range(2, 8)),
    }


@pytest.mark.parametrize("text", ["rows = 1", "rows = [1]", "[[rows]]\nsteps = 1", "value = 1"])
def test_what_is_no_table_is_told(text: str) -> None:
    assert any(line.endswith(("tables", "not 1")) for line in faults(text))


def test_what_is_no_toml_is_told() -> None:
    assert faults("rows = [")[0].startswith("p.toml: is no TOML: ")


def test_every_bucket_needs_a_row_for_all() -> None:
    text = LITTLE.replace("[[rows]]\nsteps", '[[rows]]\nbuckets = ["M1", "M7"]\nsteps')
    (told,) = faults(text)
    assert told == "p.toml: rows: M0, M2, M3, M4, M5, M6 need a row for all products and risks"


def test_a_row_that_never_holds_is_told() -> None:
    (told,) = faults(LITTLE.replace("[value]", "[[rows]]\nsteps = []\n\n[value]"))
    assert told == "p.toml: rows 3: never holds, for rows above take all of its cases"


def test_a_step_that_never_comes_is_told() -> None:
    row = (
        '[[rows]]\nbuckets = ["M1"]\nsteps = [{ channel = "visit", from_days = 31 }]\n\n[[rows]]\np'
    )
    (told,) = faults(LITTLE.replace("[[rows]]\np", row, 1))
    assert told == ("p.toml: rows 1: visit from 31 days on never comes, its buckets end after 30")
    assert read_policy(LITTLE.replace("[[rows]]\np", row.replace("31", "30"), 1))


# --- writing


def test_the_houses_default_reads_as_it_was_written() -> None:
    assert read_policy(policy_text(house_policy())) == house_policy()
    assert read_policy(DEFAULT.read_text(encoding="utf-8")) == house_policy()


words = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=12).map(
    lambda text: text.strip() or "word"
)
patterns = st.lists(words, max_size=2).map(tuple)
steps = st.builds(
    Step,
    st.sampled_from(Channel),
    st.integers(0, 3650),
    st.integers(1, 365),
    st.none() | st.integers(1, 1000),
    st.integers(1, 365),
    words | st.just(""),
)
several_steps = st.lists(steps, max_size=3, unique_by=lambda step: step.channel).map(tuple)
rows = st.builds(
    PolicyRow, several_steps, st.just(("M7",)), patterns, patterns, st.integers(1, 9)
).filter(lambda row: not row.is_for_all)
money = st.decimals(0, 1000, places=4, allow_nan=False).map(lambda d: d.normalize() + 0)


chances = st.fixed_dictionaries({bucket: st.decimals(0, 1, places=3) for bucket in BUCKETS})
policies = st.builds(
    lambda title, some, last, prices: Policy(title, "D", (*some, PolicyRow(last)), prices=prices),
    words,
    st.lists(rows, max_size=3),
    several_steps,
    st.builds(VisitPrices, p_paid_if_met=chances, waiting_day=money),
)


@given(policies)
def test_a_policy_is_its_text(policy: Policy) -> None:
    text = policy_text(policy)
    assert read_policy(text) == policy
    assert digest(read_policy(text)) == digest(policy)
    assert digest(replace(policy, source="another")) != digest(policy)
    assert tomllib.loads(text)["title"] == policy.title
