"""A client of dayround's API in Python's own library: read a plan, move a visit, mind others.

    export DAYROUND_TOKEN=dayround_…   # dayround token add desk --role dispatcher --city Town
    python client.py http://127.0.0.1:8000 Town 2026-11-23 VISIT CREW

It moves a visit to the end of a crew's day in the newest plan (a published one is copied as a draft
first), and shows how each answer that is no success is to be taken. day.py beside it does the other
things that a dispatcher's day is made of, by the same client.
"""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

TIMEOUT_S = 30
TRIES = 5


class ProblemError(Exception):
    """An answer of RFC 9457: `status`, and the members of the problem."""

    def __init__(self, status: int, told: dict[str, Any]) -> None:
        self.status, self.told = status, told
        super().__init__(f"{status} {told.get('title', '')}: {told.get('detail', '')}")

    @property
    def reasons(self) -> list[str]:
        """What is wrong with the request, or which rules forbid it."""
        faults = self.told.get("errors", ())
        told = [f"{one.get('pointer', '')}: {one['problem']}" for one in faults]
        return told + [one["text"] for one in self.told.get("violations", ())]


@dataclass
class Client:
    """Calls the API of one server with one token."""

    server: str
    token: str = field(repr=False)

    def call(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> tuple[Any, dict[str, str]]:
        """Return what is answered, as JSON, and its headers; ProblemError where it failed."""
        sent = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = None
        if body is not None:
            data, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        request = Request(f"{self.server}/api/v1{path}", data, sent, method=method)
        try:
            with urlopen(request, timeout=TIMEOUT_S) as answer:
                return json.load(answer), dict(answer.headers)
        except HTTPError as error:
            if error.code == 304:  # nothing is new
                return None, dict(error.headers)
            told = json.load(error) if "json" in error.headers.get("Content-Type", "") else {}
            raise ProblemError(error.code, told) from None

    def changed(
        self,
        plan: str,
        what: str,
        body: Any,
        key: str = "",
        decide: Callable[[dict[str, Any]], None] = lambda _: None,
    ) -> dict[str, Any]:
        """Change a plan as it is now: read it, send its ETag along; 412 where others were quicker.

        `decide` looks at what was read, and raises where it wants the change no more. The key stays
        the same from try to try: an edit whose answer was lost is not made twice.
        """
        read, headers = self.call("GET", plan)
        decide(read)
        sent = {"If_Match": headers["ETag"], "Idempotency_Key": key or uuid.uuid4().hex}
        done, _ = self.call("POST", f"{plan}/{what}", body, **sent)
        return dict(done)

    def once(self, path: str, body: Any = None, key: str = "") -> Any:
        """Do something by a key of its own: sent again after a lost answer, it is done once."""
        done, _ = self.call("POST", path, body, Idempotency_Key=key or uuid.uuid4().hex)
        return done

    def followed(self, path: str, body: Any, every_s: float = 1.0) -> Iterator[dict[str, Any]]:
        """Begin long work, and yield how it stands whenever that is news, until it is over."""
        _, headers = self.call("POST", path, body)
        job, known = headers["Location"].removeprefix("/api/v1"), ""
        while True:
            told, headers = self.call("GET", job, If_None_Match=known)
            known = headers["ETag"]
            if told:  # else 304: nothing is new, and nothing was read
                yield told
                if told["is_over"]:
                    return
            time.sleep(every_s)


def newest_draft(client: Client, day: str) -> int:
    """Return the version of the day's newest plan; a published one is copied as a draft first."""
    plans, _ = client.call("GET", f"{day}/plans")
    if not plans["plans"]:
        raise SystemExit("nobody has planned this day yet: POST .../plans begins to")
    newest = plans["plans"][-1]
    if newest["state"] == "draft":
        return int(newest["version"])
    copied, _ = client.call("POST", f"{day}/plans/{newest['version']}/copy")
    return int(copied["version"])


def move(client: Client, day: str, visit: str, crew: str) -> dict[str, Any]:
    """Move a visit to the end of a crew's day, whatever others do meanwhile.

    Where others were quicker (412), the plan is read again, and a real client would decide again.
    """
    plan = f"{day}/plans/{newest_draft(client, day)}"
    edit = {"edit": {"kind": "move", "visit_id": visit, "crew_id": crew, "before": None}}
    key = uuid.uuid4().hex

    def decide(read: dict[str, Any]) -> None:
        if visit not in visits(read):
            raise SystemExit(f"{visit} is in this plan no more")

    return until_none_is_quicker(lambda: client.changed(plan, "edits", edit, key, decide))


def until_none_is_quicker(act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what comes of a change that is tried again where others changed the plan meanwhile."""
    for _ in range(TRIES):
        try:
            return act()
        except ProblemError as problem:
            if problem.status != 412:
                raise
    raise SystemExit("others change this plan all the time: try again later")


def visits(plan: dict[str, Any]) -> set[str]:
    """Return the visits of a plan, those left out too."""
    made = {stop["id"] for crew in plan["crews"] for stop in crew["stops"]}
    return made | {one["visit_id"] for one in plan["left_out"]}


def main(arguments: list[str]) -> int:
    server, city, on, visit, crew = arguments
    client = Client(server.rstrip("/"), os.environ["DAYROUND_TOKEN"])
    try:
        done = move(client, f"/cities/{quote(city)}/days/{on}", visit, crew)
    except ProblemError as problem:
        print(problem, *problem.reasons, sep="\n  ", file=sys.stderr)
        return 1
    print(f"{visit} is made by {crew}: version {done['version']}, revision {done['revision']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
