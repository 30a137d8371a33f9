"""ICS, parsed again by the library that other programs use."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from data.exports.calendar import write_calendar
from data.exports.day import BAND, CancelledStop, ExportDay
from data.masking import Masking
from tests.data.exports.little_day import FIRST, REST, TOWN, clock, crew, export_day, visit


def parsed(day: ExportDay) -> Calendar:
    return Calendar.from_ical(write_calendar(day))


def events(day: ExportDay) -> list[Event]:
    return list(parsed(day).events)


def bare(day: ExportDay) -> ExportDay:
    """Return a day of one visit of which the street alone is told, as calendars have it."""
    stop = replace(FIRST, name="", phone="", contracts=(), overdue=None, spot=None, where="中山路")
    return replace(day, crews=(crew(stop, REST),), masking=Masking.STREET)


def test_each_visit_is_an_event_and_a_break_is_none() -> None:
    first, second = events(export_day())
    assert (first.uid, second.uid) == ("one@dayround", "two@dayround")
    assert (first.start, first.end) == (clock(9), clock(9, 20))
    assert str(first["STATUS"]) == "CONFIRMED"
    assert str(first["CLASS"]) == "PRIVATE"


def test_a_street_and_a_number_are_all_that_is_told() -> None:
    day = bare(export_day(language="zh"))
    (event,) = events(day)
    assert str(event["SUMMARY"]) == "第 1 站 · 中山路"
    assert str(event["LOCATION"]) == "中山路"
    assert "DESCRIPTION" not in event
    assert "GEO" not in event
    text = write_calendar(day).decode()
    for secret in ("王", "138", "1 号", "C1", "1234", "25.01", "住址", "Ann"):
        assert secret not in text


def test_an_open_city_tells_what_its_reader_may_see() -> None:
    event = events(visit())[0]
    assert str(event["SUMMARY"]) == "Stop 1 · 王小明"
    assert str(event["LOCATION"]) == "中山路 1 号"
    assert str(event["DESCRIPTION"]).split("\n") == [
        *("home", "13800138000", "C1, C2", "Due 1,234.50 CNY")
    ]
    assert event["GEO"].to_ical() == "25.01;121.51"


def test_a_newer_version_takes_the_place_of_an_older() -> None:
    (before,) = events(replace(visit(), version=3))
    (after,) = events(replace(visit(starts=clock(10), ends=clock(10, 20)), version=5))
    assert before.uid == after.uid
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (3000, 5000)
    assert after.start == clock(10)
    assert clock(7).astimezone(UTC) == after.DTSTAMP  # when it was published, told in UTC


def test_a_visit_that_is_made_no_more_is_cancelled() -> None:
    gone = CancelledStop("gone@dayround", clock(15), clock(15, 20), turns=1)
    *_, last = events(export_day(cancelled=(gone,)))
    assert (last.uid, str(last["STATUS"]), last["SEQUENCE"]) == ("gone@dayround", "CANCELLED", 3001)
    assert (last.start, last.end) == (clock(15), clock(15, 20))


def test_times_are_of_the_citys_zone_and_the_zone_is_told() -> None:
    book = parsed(export_day())
    assert [zone.tz_name for zone in book.timezones] == ["Asia/Shanghai"]
    assert str(book["X-WR-TIMEZONE"]) == "Asia/Shanghai"
    assert b"DTSTART;TZID=Asia/Shanghai:20261123T090000" in write_calendar(export_day())


def test_the_day_on_which_clocks_change_keeps_its_instants() -> None:
    york = ZoneInfo("America/New_York")
    on = datetime(2026, 11, 1, 9, tzinfo=york)  # clocks went back at two in the morning
    stop = replace(FIRST, starts=on, ends=on + timedelta(minutes=20))
    city = replace(TOWN, zone="America/New_York")
    day = export_day(crew(stop), city=city, on=on.date())
    (event,) = events(day)
    assert event.start == datetime(2026, 11, 1, 14, tzinfo=UTC)  # UTC-5 by then
    offsets = {
        str(part["TZOFFSETTO"].to_ical())
        for zone in parsed(day).timezones
        for part in zone.subcomponents
    }
    assert "-0500" in offsets


def test_it_is_a_calendar_and_no_message() -> None:
    book = parsed(export_day())
    assert "METHOD" not in book
    assert str(book["VERSION"]) == "2.0"
    assert book["PRODID"]
    assert not any("ATTENDEE" in event or "ORGANIZER" in event for event in book.events)


def test_long_rare_and_sharp_signs_survive() -> None:
    name = "𠮷" * 40 + r"; comma, back\slash" + "\nsecond line"
    day = visit(name=name, overdue=Decimal(0))
    assert str(events(day)[0]["SUMMARY"]) == f"Stop 1 · {name}"
    # RFC 5545: no line is longer than 75 bytes.
    assert max(map(len, write_calendar(day).split(b"\r\n"))) <= 75


def test_a_made_up_home_says_so_in_the_calendar_and_in_every_event() -> None:
    book = parsed(replace(bare(export_day()), is_made_up=True))
    assert str(book["X-WR-CALNAME"]) == f"{BAND} · Town 2026-11-23"
    assert [str(event["DESCRIPTION"]) for event in book.events] == [BAND]
