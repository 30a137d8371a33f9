"""How long the server takes for what a dispatcher does: slots, quotes, edits, the polled day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random
from statistics import median
from time import sleep
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.asking import Client
from benchmarks.day import SEED, Size
from benchmarks.measure import Figures
from benchmarks.planned import Planned, planned

TIMES = 12
"""How often each is asked, of other visits each time; the median counts."""

COLD = 3
"""How many servers are started to ask for slots first, at once, and after a look at the day."""

LOOK_S = 3.0
"""How long a dispatcher looks at a day before she asks for slots in it, at the least."""

PATIENCE, WAIT_S = 600, 0.2
"""How often a day that is being opened is asked for at most."""


def answers(size: Size, times: int = TIMES, cold: int = COLD) -> Figures:
    """Return milliseconds of each kind of answer, asked over HTTP on one connection."""
    with planned(size) as home:
        first = [first_slots(home, case) for case in home.cases[:cold]]
        looked = [first_slots(home, case, LOOK_S) for case in home.cases[:cold]]
        with home.server() as (url, cookie):
            warm = Asking(home, Client(url, cookie), times)
            warm.open()
            figures = {"slots cold": median(first), "slots first": median(looked)}
            return {**figures, **warm.figures()}


def first_slots(home: Planned, case: str, look_s: float = 0) -> float:
    """Return how long the first slots take of a server that showed the page `look_s` ago."""
    with home.server() as (url, cookie):
        client = Client(url, cookie)
        client.get(home.day)
        sleep(look_s)
        return slots_ms(client, home, case)


def slots_ms(client: Client, home: Planned, case: str) -> float:
    path = f"{home.day}desk/slots/{quote(case)}"
    return client.get(path, **{"X-Fragment": "1"}).ms


@dataclass
class Asking:
    """A desk that is open in a warm server."""

    home: Planned
    client: Client
    times: int

    def open(self) -> None:
        """Open the day, as its page does, and wait until each visit's lawful hours are told."""
        self.client.take_token(self.home.day)
        for _ in range(PATIENCE):
            told = self.client.get(f"{self.home.day}desk.json", **{"X-Poll": "1"}).json()
            if any(stop.get("windows") for crew in told["crews"] for stop in crew["stops"]):
                return
            sleep(WAIT_S)
        raise RuntimeError("the day is not opened")

    def figures(self) -> Figures:
        kinds = {
            "slots warm": self.slots(),
            "quotes": self.quotes(),
            "desk.json": self.whole(),
            "desk.json 304": self.unchanged(),
            "edit": self.edits(),
        }
        return {kind: median(ms) for kind, ms in kinds.items()}

    def slots(self) -> list[float]:
        """Look for slots for others than the first, for whom it is made ready."""
        first, *others = self.home.cases[: self.times + 1]
        slots_ms(self.client, self.home, first)
        return [slots_ms(self.client, self.home, case) for case in others]

    def quotes(self) -> list[float]:
        self.quoted(self.home.visits[0])
        return [self.quoted(visit)[1] for visit in self.home.visits[: self.times]]

    def quoted(self, visit: str) -> tuple[Sequence[Mapping[str, Any]], float]:
        answer = self.client.get(f"{self.home.day}desk/quotes?{urlencode({'visit': visit})}")
        return answer.json()["quotes"], answer.ms

    def whole(self) -> list[float]:
        return [self.client.get(f"{self.home.day}desk.json").ms for _ in range(self.times)]

    def unchanged(self) -> list[float]:
        path = f"{self.home.day}desk.json"
        tag = self.client.get(path).headers["ETag"]
        asked = {"If-None-Match": tag, "X-Poll": "1"}
        return [self.client.get(path, 304, **asked).ms for _ in range(5 * self.times)]

    def edits(self) -> list[float]:
        """Move visits to where a seed says, of the places that may take them."""
        moved = (self.moved(visit, number) for number, visit in enumerate(self.home.visits))
        found = list(islice(filter(None, moved), self.times))
        if not found:
            raise RuntimeError("no visit may be moved")
        return found

    def moved(self, visit: str, number: int) -> float | None:
        """Return how long it takes to move a visit to another place; None where there is none."""
        revision = self.client.get(f"{self.home.day}desk.json").json()["plan"]["revision"]
        gaps = list(others(self.quoted(visit)[0]))
        if not gaps:
            return None
        gap = Random(f"{SEED}:{number}").choice(gaps)
        edit = {"kind": "move", "visit_id": visit, **{k: gap[k] for k in ("crew_id", "before")}}
        sent = {"key": f"edit-{number}", "revision": revision, "edit": edit}
        return self.client.post(f"{self.home.day}desk/edits", sent).ms


def others(quotes: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the gaps that one crew alone may take a visit into; where it stands costs nothing."""
    free = (one for one in quotes if not one["forbidden"] and not one["partner_id"])
    return (one for one in free if one["price"])
