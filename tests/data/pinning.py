"""Pins of another process; it imports no more than it needs, so that a test need not wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from data.gazetteer import with_own
from data.store import open_store
from routing.geocoders.gazetteer import GazetteerGeocoder
from routing.point import Point
from scheduler.ports import By

PINS = 4
START = datetime(2026, 3, 2, 4, tzinfo=UTC)


def pin_and_ask(cities: Path, url: str, turn: int) -> bool:
    """Pin some compounds, and ask after each; whether each answer knew its pin."""
    store = open_store(url)
    known = []
    for number in range(PINS):
        name = f"园区{turn}之{number}号院"
        with store.writing(By("alice", START + timedelta(hours=turn, minutes=number))) as writer:
            writer.put_pin("Town", name, "", Point(29.862, 121.549), 150.0)
        file = with_own(cities / "Town" / "gazetteer.sqlite", "Town", store)
        known.append(GazetteerGeocoder(file).locate(f"{name}5栋").is_plannable)
    store.close()
    return all(known)
