"""A published day out of a book: masked on the way, noted, on SQLite and on PostgreSQL."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar, Event
from pypdf import PdfReader

from data.cities import CityFiles
from data.exports.calendar import MOST_TURNS
from data.exports.exporter import Asked, Exporter, ExportFile
from data.exports.registry import FORMATS
from data.exports.rows import Rows, clean
from data.exports.sight import ExportRefusedError, Sight
from data.home import MADE_UP, Home
from data.masking import Masking
from data.profiles import TomlProfiles
from data.store import SqlStore
from data.store.exports import published_day
from routing.geocoding import Precision
from routing.point import Point
from scheduler.errors import ConflictError, NotFoundError
from scheduler.model import DailyWindow, Window
from scheduler.plan import Itinerary, Plan, Stop, StopKind
from scheduler.ports import Mark, MarkKind, PlanRecord, Target
from tests.data.filled import filled
from tests.data.world import (
    ALICE,
    ALL_KNOWN,
    NOON,
    TODAY,
    TOWN,
    collector,
    crew,
    new_plan,
    record,
    shift,
    with_borrower,
    with_home,
)

NAMES = {1: "王小明", 2: "欧阳晓红", 3: "John Smith"}
AGENCIES = {1: "North", 2: "North", 3: "South"}
SECRETS = (*NAMES.values(), "13800138", "800.25", "12000")
"""What stands in the book and in no masked export."""


@pytest.fixture
def exporter(store: SqlStore, tmp_path: Path) -> Exporter:
    home = Home(tmp_path / "home")
    home.path.mkdir()
    return Exporter(home, filled(store, fill), CityFiles(home.cities), TomlProfiles())


def fill(store: SqlStore) -> None:
    """A town where ann visits B1 and B2, and bea, of another agency, B3: a draft."""
    with store.writing(ALICE) as writer:
        writer.put_city(replace(TOWN, profile="US"))  # where one may go alone
        writer.put_cases("Town", [case(n) for n in NAMES], known=ALL_KNOWN, complete=True)
        staff = [collector("ann"), collector("bea", agency="South")]
        writer.put_collectors("Town", staff)
        writer.put_shifts("Town", [shift("ann"), shift("bea")])
    keep(store, ann=(1, 2), bea=(3,))


def case(number: int) -> Any:
    told = with_borrower(record(number, agency=AGENCIES[number]), name=NAMES[number])
    told = with_borrower(told, phone=f"13800138{number:03}")
    point = Point(25.0 + number / 100, 121.5)
    return with_home(told, address=f"中山路 {number} 号", point=point, precision=Precision.EXACT)


def keep(store: SqlStore, **visits: tuple[int, ...]) -> PlanRecord:
    """Keep a draft in which each crew sees these borrowers, an hour each, from nine on."""
    trips = []
    for who, numbers in visits.items():
        starts = {n: (9 + i) * 3600 for i, n in enumerate(numbers)}
        stops = [
            Stop(StopKind.VISIT, f"B{n}", at, at, at + 1200, place_id=f"B{n}-home")
            for n, at in starts.items()
        ]
        trips.append(Itinerary(who, 8 * 3600, 15 * 3600, tuple(stops)))
    rest = Stop(StopKind.BREAK, "lunch", 43_200, 43_200, 45_000)
    trips[0] = replace(trips[0], stops=(*trips[0].stops, rest))
    targets = {f"B{n}": Target(f"B{n}", (f"C{n}",)) for some in visits.values() for n in some}
    crews = tuple(crew(who) for who in visits)
    with store.writing(ALICE) as writer:
        return writer.add_plan(new_plan(plan=Plan(tuple(trips), ()), crews=crews, targets=targets))


def publish(exporter: Exporter, plan: PlanRecord | None = None) -> None:
    """Publish a plan, the newest by default, an hour after it was made."""
    newest = plan or exporter.store.plan("Town", TODAY)
    with exporter.store.writing(replace(ALICE, at=NOON + timedelta(hours=1))) as writer:
        writer.publish(newest.id, "")


def export(
    exporter: Exporter, format: str = "csv", sight: Sight | None = None, language: str = "en"
) -> ExportFile:
    asked = Asked("Town", TODAY, format, sight or Sight(Masking.MASKED), language)
    return exporter.export(asked, ALICE)


def rows(exporter: Exporter, sight: Sight | None = None) -> list[dict[str, str]]:
    text = export(exporter, sight=sight).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def events(exporter: Exporter, sight: Sight | None = None) -> dict[str, Event]:
    """Return the events of a calendar by their UID."""
    book = Calendar.from_ical(export(exporter, "ics", sight).content)
    return {str(event.uid): event for event in book.events}


def test_a_draft_is_not_exported_and_says_what_to_do(exporter: Exporter) -> None:
    for format in FORMATS:
        with pytest.raises(ConflictError, match=r"version 1 .* is a draft.*: publish it first"):
            export(exporter, format)
    later = Asked("Town", TODAY + timedelta(days=1), "csv", Sight(Masking.MASKED))
    with pytest.raises(NotFoundError, match="no plan of Town on 2026-03-03 yet: make one first"):
        exporter.export(later, ALICE)
    assert not [one for one in exporter.store.events() if one.kind == "plan.exported"]


def test_a_newer_draft_does_not_hide_what_is_published(exporter: Exporter) -> None:
    publish(exporter)
    keep(exporter.store, ann=(1,))
    assert export(exporter).version == 1


def text_of(made: ExportFile) -> str:
    """Return what stands in a file that is not packed."""
    if made.name.endswith(".pdf"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages)
    return made.content.decode()


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_masked_unless_asked_in_full(exporter: Exporter, format: str) -> None:
    publish(exporter)
    made = export(exporter, format)
    if format != "xlsx":  # which is packed; its cells are those of the CSV
        assert not [secret for secret in SECRETS if secret in text_of(made)]
    assert made.name == f"Town-2026-03-02.{format}"
    assert (made.version, made.stops) == (1, 3)
    assert made.masking is (Masking.STREET if format == "ics" else Masking.MASKED)


def test_rows_tell_how_to_get_in_and_which_hours_suit_on_the_day(exporter: Exporter) -> None:
    hours = (
        DailyWindow(time(8), time(20), frozenset({0})),  # TODAY is a Monday
        DailyWindow(time(10), time(12), frozenset({5, 6})),
    )
    agreed = Window(NOON - timedelta(hours=3), NOON)
    first = with_home(case(1), access_note="ring twice", windows=hours)
    second = case(2)
    second = replace(second, case=replace(second.case, appointment=agreed))
    with exporter.store.writing(ALICE) as writer:
        writer.put_cases("Town", [first, second], known=ALL_KNOWN, complete=False)
    publish(exporter)
    told = published_day(exporter.store.engine, "Town", TODAY, None)
    one, two, *_ = (
        stop for crew in Rows(told, Sight(Masking.MASKED), b"").crews() for stop in crew.visits
    )
    assert (one.note, one.suits, one.agreed) == ("ring twice", ("08:00–20:00",), "")
    assert two.agreed == "09:00–12:00"
    hidden = [s for c in Rows(told, Sight(Masking.STREET), b"").crews() for s in c.visits]
    assert not any(stop.note or stop.suits or stop.agreed for stop in hidden)


def test_an_export_is_an_event_of_who_what_and_how(exporter: Exporter) -> None:
    publish(exporter)
    export(exporter, "gpx", Sight(Masking.FULL, None, "ann"))
    event = exporter.store.events(limit=1)[0]
    assert (event.actor, event.kind, event.city) == ("alice", "plan.exported", "Town")
    assert event.subject == "Town 2026-03-02 v1"
    assert event.after == {
        **{"format": "gpx", "rows": 2, "masking": "full", "collector": "ann", "cancelled": 0}
    }


def test_masked_rows_greet_the_right_person_and_lead_to_the_door(exporter: Exporter) -> None:
    publish(exporter)
    first, second, rest, third = rows(exporter)
    assert (first["Name"], second["Name"], third["Name"]) == ("王*", "欧阳*", "J. S.")
    assert (first["Telephone"], first["Overdue"]) == ("••• 01", "•••")
    assert (first["Address"], first["Latitude"]) == ("中山路 1 号", "25.01")
    assert (rest["What"], rest["Stop"], rest["Name"]) == ("break", "", "")
    assert (first["Collectors"], third["Crew"]) == ("A.", "bea")


def test_full_rows_tell_what_the_book_has(exporter: Exporter) -> None:
    publish(exporter)
    first = rows(exporter, Sight(Masking.FULL))[0]
    assert (first["Name"], first["Telephone"]) == ("王小明", "13800138001")
    assert (Decimal(first["Overdue"]), first["Currency"]) == (Decimal("800.25"), "CNY")
    assert (first["Contracts"], first["Collectors"]) == ("C1", "Ann")


def test_streets_alone_name_nobody_and_lead_to_no_door(exporter: Exporter) -> None:
    publish(exporter)
    for row in rows(exporter, Sight(Masking.STREET)):
        told = (row[name] for name in ("Name", "Telephone", "Contracts", "Overdue", "Latitude"))
        assert not any(told)
        assert row["Address"] in ("中山路", "")
    for format in ("gpx", "geojson"):
        with pytest.raises(ExportRefusedError, match="leads to doors"):
            export(exporter, format, Sight(Masking.STREET))


def test_a_collectors_export_is_her_own_day(exporter: Exporter) -> None:
    publish(exporter)
    hers = Sight(Masking.MASKED, None, "ann")
    assert {row["Crew"] for row in rows(exporter, hers)} == {"ann"}
    assert export(exporter, "gpx", hers).name == "Town-2026-03-02-ann.gpx"
    told = json.loads(export(exporter, "geojson", hers).content)
    assert {one["properties"]["crew"] for one in told["features"]} == {"ann"}
    with pytest.raises(NotFoundError, match="does not send 'carl': check the id"):
        export(exporter, "csv", Sight(Masking.MASKED, None, "carl"))


def test_an_agency_sees_its_own_crews_and_people(exporter: Exporter) -> None:
    publish(exporter)
    # Ann stands at B2's door when the case goes to South: the visit is flagged, and not taken out.
    arrived = Mark("at B2", TODAY, 1, ("ann",), MarkKind.ARRIVE, NOON, "B2")
    with exporter.store.writing(ALICE) as writer:
        writer.put_mark("Town", arrived)
    entrust(exporter, 2, "South")
    own, other, _ = rows(exporter, Sight(Masking.FULL, frozenset({"North"})))
    assert own["Name"] == "王小明"
    assert (other["Stop"], other["What"]) == ("2", "another agency's visit")
    assert not any(other[name] for name in ("Name", "Address", "Contracts", "Latitude"))


def entrust(exporter: Exporter, number: int, agency: str) -> None:
    """Give a case to an agency."""
    told = case(number)
    moved = replace(told, case=replace(told.case, agency=agency))
    with exporter.store.writing(ALICE) as writer:
        writer.put_cases("Town", [moved], known=ALL_KNOWN, complete=False)


def test_a_visit_goes_out_when_its_case_goes_to_another_agency(exporter: Exporter) -> None:
    publish(exporter)
    entrust(exporter, 2, "South")
    assert [row["Name"] for row in rows(exporter, Sight(Masking.FULL)) if row["Name"]] == [
        "王小明",
        "John Smith",
    ]
    entrust(exporter, 2, "North")
    assert "欧阳晓红" in [row["Name"] for row in rows(exporter, Sight(Masking.FULL))]


def test_a_collector_takes_along_her_own_agencys_visits_alone(exporter: Exporter) -> None:
    publish(exporter)
    hers = Sight(Masking.FULL, None, "ann", is_own=True)
    assert {row["Name"] for row in rows(exporter, hers)} >= {"王小明", "欧阳晓红"}
    arrived = Mark("at B2", TODAY, 1, ("ann",), MarkKind.ARRIVE, NOON, "B2")
    with exporter.store.writing(ALICE) as writer:
        writer.put_mark("Town", arrived)  # so that the visit stays in her day
    entrust(exporter, 2, "South")
    told = str(rows(exporter, hers))
    assert "王小明" in told
    assert "欧阳晓红" not in told
    assert "中山路 2 号" not in told


def test_a_paid_contract_takes_its_visit_out_and_cancels_it(exporter: Exporter) -> None:
    publish(exporter)
    with exporter.store.writing(ALICE) as writer:
        writer.put_cases("Town", [case(n) for n in (2, 3)], known=ALL_KNOWN, complete=True)
    told = rows(exporter, Sight(Masking.FULL))
    assert "王小明" not in [row["Name"] for row in told]
    statuses = [str(one.get("STATUS")) for one in events(exporter).values()]
    assert statuses.count("CANCELLED") == 1


def test_a_calendar_tells_more_once_the_city_allows_it(exporter: Exporter) -> None:
    publish(exporter)
    closed = next(iter(events(exporter, Sight(Masking.FULL)).values()))
    assert (str(closed["SUMMARY"]), str(closed["LOCATION"])) == ("Stop 1 · 中山路", "中山路")
    with exporter.store.writing(ALICE) as writer:
        writer.put_city(replace(TOWN, profile="US", calendar_details=True))
    event = exporter.store.events(limit=1)[0]
    assert (event.kind, event.after) == ("city.changed", {"calendar_details": True})
    full = next(iter(events(exporter, Sight(Masking.FULL)).values()))
    assert (str(full["SUMMARY"]), str(full["LOCATION"])) == ("Stop 1 · 王小明", "中山路 1 号")
    assert str(next(iter(events(exporter).values()))["SUMMARY"]) == "Stop 1 · 王*"
    planners = next(iter(events(exporter, Sight(Masking.STREET)).values()))
    assert str(planners["LOCATION"]) == "中山路"


def test_a_stop_keeps_its_uid_and_what_is_gone_is_cancelled(exporter: Exporter) -> None:
    publish(exporter)
    with exporter.store.writing(ALICE) as writer:
        writer.put_collectors("Town", [collector("bea")])
    entrust(exporter, 3, "North")  # so that both may go there
    before = events(exporter)
    keep(exporter.store, ann=(2,))  # a draft that nobody sees
    publish(exporter, keep(exporter.store, ann=(2, 3)))  # 3 goes from bea to ann, 1 is gone
    after = events(exporter)
    assert before.keys() == after.keys()
    assert {int(str(event["SEQUENCE"])) // MOST_TURNS for event in before.values()} == {1}
    assert {int(str(event["SEQUENCE"])) // MOST_TURNS for event in after.values()} == {3}
    gone = [uid for uid, event in after.items() if str(event["STATUS"]) == "CANCELLED"]
    assert [str(before[uid]["SUMMARY"]) for uid in gone] == ["Stop 1 · 中山路"]
    assert after[gone[0]].start == before[gone[0]].start
    # Of bea's own day nothing is left but what her calendar has to take out.
    hers = events(exporter, Sight(Masking.MASKED, None, "bea"))
    assert [str(event["STATUS"]) for event in hers.values()] == ["CANCELLED"]
    with pytest.raises(NotFoundError, match="does not send 'bea'"):
        export(exporter, "csv", Sight(Masking.MASKED, None, "bea"))


def test_a_stop_that_comes_back_is_confirmed_again(exporter: Exporter) -> None:
    publish(exporter)
    first = events(exporter)
    publish(exporter, keep(exporter.store, ann=(2,)))
    publish(exporter, keep(exporter.store, ann=(1, 2), bea=(3,)))
    again = events(exporter)
    assert first.keys() == again.keys()
    assert {str(event["STATUS"]) for event in again.values()} == {"CONFIRMED"}


def test_a_uid_tells_nothing_to_whom_the_key_is_unknown(exporter: Exporter) -> None:
    publish(exporter)
    known = events(exporter).keys()
    (exporter.home.secret_file).write_bytes(b"k" * 32)
    assert known.isdisjoint(events(exporter))


def test_a_made_up_home_says_so_in_every_file_and_its_name(exporter: Exporter) -> None:
    publish(exporter)
    (exporter.home.path / MADE_UP).touch()
    for format in set(FORMATS) - {"xlsx"}:
        made = export(exporter, format)
        assert made.name == f"made-up-Town-2026-03-02.{format}"
        assert "演示数据 / made-up data" in text_of(made)


@pytest.mark.parametrize("masking", [Masking.FULL, Masking.MASKED])
def test_what_no_format_can_hold_is_left_out(exporter: Exporter, masking: Masking) -> None:
    told = with_home(with_borrower(case(1), name="\x0b王小\ufffe明"), address="路\x1f 1 号")
    with exporter.store.writing(ALICE) as writer:
        writer.put_cases("Town", [told], known=ALL_KNOWN, complete=False)
    publish(exporter)
    for format in FORMATS:
        assert export(exporter, format, Sight(masking)).stops == 3
    first = rows(exporter, Sight(masking))[0]
    assert first["Name"] == {Masking.FULL: "王小明", Masking.MASKED: "王*"}[masking]
    assert clean("a\tb\nc") == "a\tb\nc"


def test_a_format_that_is_none_names_those_there_are(exporter: Exporter) -> None:
    with pytest.raises(NotFoundError, match="no format 'doc'; take one of csv, xlsx, ics, gpx"):
        export(exporter, "doc")
