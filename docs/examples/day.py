"""A dispatcher's day by the API, after client.py, which it needs beside it.

    python day.py http://127.0.0.1:8000 Town 2026-11-23 left-out
    … say must CASE [CASE …]          must go today, or not_today
    … gone COLLECTOR                  she is sick: the cheapest lawful choice for her crew
    … book CASE                       the best hours for a borrower on the phone, put into the plan
    … urgent case.json                a new case at once, where it costs least
    … replan [SECONDS]                what is left of the running day, followed to its end
    … publish [NOTE], … take-back REASON

Each prints what came of it; what is refused is told with its reasons.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from client import Client, ProblemError, newest_draft, until_none_is_quicker


@dataclass
class Desk:
    """A city's day, as a program of a dispatcher sees it."""

    client: Client
    city: str
    on: str

    @property
    def here(self) -> str:
        return f"/cities/{quote(self.city)}"

    @property
    def day(self) -> str:
        return f"{self.here}/days/{self.on}"

    @property
    def draft(self) -> str:
        return f"{self.day}/plans/{newest_draft(self.client, self.day)}"

    def newest(self, state: str) -> str:
        """Return the newest plan of a state."""
        plans = self.client.call("GET", f"{self.day}/plans")[0]["plans"]
        found = [one["version"] for one in plans if one["state"] == state]
        if not found:
            raise SystemExit(f"no plan of this day is {state}")
        return f"{self.day}/plans/{found[-1]}"


def left_out(desk: Desk) -> Iterator[str]:
    told, _ = desk.client.call("GET", f"{desk.draft}/left-out")
    for one in told["asks"]:
        folded = " (asks for nobody)" if one["is_folded"] else ""
        yield f"{one['group']}: {one['cases']} cases, {one['overdue']} overdue{folded}"


def say(desk: Desk, kind: str, *cases: str) -> Iterator[str]:
    body = {"kind": kind, "on": desk.on, "case_ids": list(cases)}
    for one in desk.client.once(f"{desk.here}/directives", body)["directives"]:
        yield f"{one['borrower_id']}: {one['kind']} on {one['on']}, number {one['id']}"


def gone(desk: Desk, collector: str) -> Iterator[str]:
    """Take the cheapest choice that no rule forbids: the choices come in that order."""
    plan = desk.draft
    told, _ = desk.client.call("GET", f"{plan}/gone/{quote(collector)}")
    choice = next((one for one in told["choices"] if not one["forbidden"]), None)
    if choice is None:
        raise SystemExit("no choice is lawful: look at the desk")
    edit = {"kind": "regroup", "collector_id": collector}
    edit |= {name: choice[name] for name in ("what", "crew_id")}
    done = until_none_is_quicker(lambda: desk.client.changed(plan, "edits", {"edit": edit}))
    yield f"{choice['what']}: {len(choice['moved'])} visits go to others, {len(choice['lost'])} are"
    yield f"made by nobody; version {done['version']}, revision {done['revision']}"


def book(desk: Desk, case: str) -> Iterator[str]:
    slots = f"{desk.here}/cases/{quote(case)}/slots"
    found, _ = desk.client.call("GET", slots)
    if not found["best"]:
        reasons = {one["reason"] for one in found["days"] if one["reason"]}
        raise SystemExit(f"no crew can come: {', '.join(sorted(reasons))}")
    best = found["best"][0]
    booked = desk.client.once(slots, {name: best[name] for name in ("start", "end")})
    yield f"{case} is booked from {booked['start']} to {booked['end']}"
    if any(one["version"] for one in found["days"] if one["on"] == best["on"]):
        put = desk.client.once(f"{slots}/plan")
        yield f"it stands in version {put['version']} of {put['on']}"


def urgent(desk: Desk, file: str) -> Iterator[str]:
    """Take a case in; `file` has it by the fields of the case list, and a position if need be."""
    told, _ = desk.client.call("POST", f"{desk.here}/urgent", json.loads(Path(file).read_text()))
    ways = f"{desk.day}/cases/{quote(told['case'])}/ways"
    found, _ = desk.client.call("GET", ways)
    if not found["ways"]:
        raise SystemExit(f"{told['case']} is in the book, and fits nowhere: {found['detail']}")
    best = found["ways"][0]
    put = desk.client.once(ways, {"name": best["name"]})
    yield f"{told['case']} is made by {' and '.join(best['crew_ids'])}: version {put['version']}"


def replan(desk: Desk, seconds: str = "10") -> Iterator[str]:
    for told in desk.client.followed(f"{desk.day}/replan", {"seconds": int(seconds)}):
        if told["is_over"]:
            yield f"{told['state']}: version {told['version']} {told['problem']}".strip()
        elif told["progress"]:
            yield f"{told['progress']['visits']} visits so far"


def publish(desk: Desk, note: str = "") -> Iterator[str]:
    plan = desk.draft
    done = until_none_is_quicker(lambda: desk.client.changed(plan, "publish", {"note": note}))
    yield f"version {done['version']} is {done['state']}"


def take_back(desk: Desk, reason: str) -> Iterator[str]:
    plan = desk.newest("published")
    done = until_none_is_quicker(lambda: desk.client.changed(plan, "take-back", {"reason": reason}))
    yield f"version {done['version']} is {done['state']}"


COMMANDS: Mapping[str, Callable[..., Iterator[str]]] = {
    **{"left-out": left_out, "say": say, "gone": gone, "book": book, "urgent": urgent},
    **{"replan": replan, "publish": publish, "take-back": take_back},
}


def main(arguments: list[str]) -> int:
    server, city, on, command, *more = arguments
    desk = Desk(Client(server.rstrip("/"), os.environ["DAYROUND_TOKEN"]), city, on)
    try:
        for line in COMMANDS[command](desk, *more):
            print(line, flush=True)
    except ProblemError as problem:
        print(problem, *problem.reasons, sep="\n  ", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
