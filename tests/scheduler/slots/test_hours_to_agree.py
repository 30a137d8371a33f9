"""The hours that are agreed on for a visit that can be made at one time alone."""

from __future__ import annotations

from scheduler.slots.hours import hours_to_agree
from tests.scheduler.little_book import at, window


def test_they_hold_the_whole_visit_and_begin_and_end_on_five_minutes() -> None:
    assert hours_to_agree(at("19:42:10"), at("20:02:10")) == window("19:40-20:05")


def test_what_is_on_five_minutes_stays() -> None:
    assert hours_to_agree(at("10:00"), at("10:20")) == window("10:00-10:20")
