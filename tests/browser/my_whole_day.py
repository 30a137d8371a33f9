"""A day file in which everything is that a collector may meet, and a server that answers anyhow."""

from __future__ import annotations

from itertools import cycle
from typing import Any

from playwright.sync_api import Page, Route

STATES = cycle(("conflict", "refused", "applied", "unreadable", "foreign", "same", "decided"))
LAW: dict[str, Any] = {
    "why": "hours",
    "title": "Outside the hours of the law",
    "text": "Nobody is visited between 21:00 and 08:00.",
    "facts": "It is 12:00.",
    "source": "Law on contacts, article 5",
    "is_law": True,
}
HOUSE = LAW | {"why": "visits_in_7_days", "title": "Visited too often this week", "is_law": False}
STANDING = {
    "why": "paid",
    "words": "paid since",
    "source": "",
    "is_law": False,
    "was_begun": False,
    "since": 1_772_400_000,
}
DOORS = {"none": 404, "taken back": 404, "out": 401, "over": 410}
WHOLE_DAY = [0, 4_000_000_000]


class Server:
    """What stands between a page and its server: it tells more of a day, or nothing of it."""

    def __init__(self, page: Page) -> None:
        self.door = ""
        page.route("**/my/day.json", self.tell)
        page.route("**/my/records", self.take)

    def tell(self, route: Route) -> None:
        """Answer who asks for the day: as the door says, by default with everything."""
        if self.door == "away":
            route.abort()
        elif self.door:
            told = {"coming": "2026-03-03", "is_taken_back": self.door == "taken back"}
            route.fulfill(status=DOORS[self.door], json=told)
        else:
            answer = route.fetch()
            if answer.status == 200:
                route.fulfill(response=answer, json=with_everything(answer.json()))
            else:
                route.fulfill(response=answer)

    def take(self, route: Route) -> None:
        """Take records as if people had to look at most of them; some are not taken at all."""
        brought: Any = route.request.post_data_json
        told = [{"key": one["key"], "state": next(STATES)} for one in brought["envelopes"]]
        route.fulfill(json={"receipts": told})


def with_everything(day: dict[str, Any]) -> dict[str, Any]:
    """Return a day of three visits with all that a page has words for, and two visits more."""
    law, house = len(day["reasons"]), len(day["reasons"]) + 1
    first, second, third = (one for one in day["stops"] if one["kind"] != "break")
    first |= {
        "flags": ["pair", "daylight", "dog", "hostile"],
        "contacted": False,
        "unpaid": ["C1"],
        "contracts": 2,
        "people": 1,
        "phone": "13800000000",
        "call": {"hours": [[*WHOLE_DAY, None]], "caps": [], "counted": []},
    }
    first["full"]["cases"] = [["C1", "car loan", "500"], ["C1b", "card", "20"]]
    first["place"] |= {"note": "The gate is behind the market", "links": {"amap": "https://amap"}}
    second |= {
        "standing": STANDING,
        "people": 2,
        "phone": "13800000001",
        "call": {"hours": [[*WHOLE_DAY, law]], "caps": [], "counted": []},
    }
    by_house = first | {"id": "B4", "number": 4, "hours": [[*WHOLE_DAY, house]], "people": 2}
    unknown = first | {"id": "B5", "number": 5, "hours": [], "call": None}
    moved = [[first["id"], first["start"] - 1800]]
    return day | {
        "reasons": [*day["reasons"], LAW, HOUSE],
        "stops": [*day["stops"], by_house, unknown],
        "navigators": [["amap", "Amap"]],
        "desk_phone": "0574-8765 4321",
        "duties": [{"text": "Show your card.", "source": "the law", "is_law": True}],
        "identity": {
            "asked": True,
            "is_law": True,
            "source": "Law on contacts, article 7",
            "lines": [["Name", "Alice Example"], ["Comes for", "A Bank of Some Length"]],
        },
        "recording": {"asked": True},
        "changes": {
            "new": [third["id"]],
            "moved": moved,
            "gone": [{"id": "B9", "name": "李*", "start": first["start"]}],
            "mates": True,
        },
    }
