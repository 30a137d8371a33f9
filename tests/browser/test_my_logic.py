"""What the kept page works out by itself, by tables of cases in one page."""

from __future__ import annotations

from typing import Any

from tests.browser.conftest import Open

HOURS = [[0, 100, 0], [100, 200, None], [200, 300, 1], [300, 400, None]]
STANDING = {"why": "stops", "words": "stopped", "is_law": True, "was_begun": False}
REASONS = [{"why": "early"}, {"why": "late"}]
DOORS: list[tuple[dict[str, Any], int, str | None, int | None]] = [
    # a stop, now in seconds, why it is closed, when it opens next
    ({"hours": HOURS}, 50, "early", 100),
    ({"hours": HOURS}, 100, None, 300),  # a span begins with its first second
    ({"hours": HOURS}, 199, None, 300),
    ({"hours": HOURS}, 200, "late", 300),
    ({"hours": HOURS}, 400, "unknown", None),  # nobody has told of that time
    ({}, 50, "unknown", None),
    ({"hours": HOURS, "standing": STANDING}, 150, "stops", 300),
    ({"hours": HOURS, "standing": STANDING | {"was_begun": True}}, 150, None, 300),
]
DOOR = """async ([cases, reasons]) => {
  const { closed, opensAt } = await import("/phone/my/door.js");
  return cases.map(([stop, now]) => [
    closed({ standing: null, ...stop }, reasons, now * 1000)?.why ?? null,
    opensAt(stop, now * 1000),
  ]);
}"""

CLOCK = """async () => {
  const { Clock } = await import("/phone/my/clock.js");
  let wall = 1000, steady = 0;
  const clock = new Clock(null, () => wall, () => steady), told = [clock.now()];
  clock.hear(5000);
  steady += 10; wall -= 900;  // somebody sets the phone back
  told.push(clock.now(), clock.error_ms(), clock.latest());
  const kept = clock.toKeep();
  wall += 40; steady = 0;  // the phone starts anew, forty milliseconds later
  told.push(new Clock(kept, () => wall, () => steady).now());
  wall -= 500;
  told.push(new Clock(kept, () => wall, () => steady).now());
  return told;
}"""

AT = "2026-03-02T04:{:02}:00.000Z"
T0 = 1772424000  # 04:00 of that day
STOPS = [
    {"id": "a", "start": T0, "end": T0 + 600, "standing": None, "result": None},
    {"id": "b", "start": T0 + 1200, "end": T0 + 1800, "standing": None, "result": None},
]


def told(kind: str, minute: int, visit: str = "", **body: Any) -> dict[str, Any]:
    key = f"{kind}-{minute}"
    return {"key": key, "kind": kind, "visit": visit, "at": AT.format(minute), "body": body}


ARRIVED = told("arrive", 1, "a")
LEFT = told("leave", 15, "a")
NOT_HOME = told("result", 14, "a", code="NOT_HOME")
DAY: dict[str, Any] = {"stops": STOPS, "changes": None, "begun": False, "starts": T0 - 300}
STATES: list[tuple[list[dict[str, Any]], dict[str, Any]]] = [
    # what was recorded, the last of it this minute, and how the day stands by it
    ([], {"next": "a", "done": 0, "late": 0, "door": False}),
    # Begun eight minutes late, she comes as much later: the way takes five.
    ([told("begin", 3)], {"next": "a", "done": 0, "late": 480, "door": False}),
    ([ARRIVED], {"next": "a", "done": 0, "late": 60, "door": True}),
    (
        [ARRIVED, told("leave", 2, "a", undoes="arrive-1")],
        {"next": "a", "done": 0, "late": 120, "door": False},  # she comes now at best
    ),
    # Who tells a result is on her way, as the desk takes it: ten minutes from the 14th to b.
    ([ARRIVED, NOT_HOME], {"next": "a", "done": 1, "late": 240, "door": True}),
    ([ARRIVED, NOT_HOME, LEFT], {"next": "b", "done": 1, "late": 300, "door": False}),
    (
        [ARRIVED, NOT_HOME, LEFT, told("late", 16, minutes=20)],
        {"next": "b", "done": 1, "late": 1200, "door": False},
    ),
    (
        [told("skip", 3, "a", what="closed", rule="hours")],  # she was told so, and may wait
        {"next": "a", "done": 0, "late": 180, "door": False},
    ),
    (
        [told("skip", 3, "a", what="let_go", rule="hours")],
        {"next": "b", "done": 0, "late": 0, "door": False},
    ),
]
STATE = """async ([cases, day]) => {
  const { State } = await import("/phone/my/state.js");
  return cases.map((told) => {
    const state = new State({ ...day, plan: { id: 1 } }, told);
    const now = Date.parse(told.at(-1)?.at ?? "2026-03-02T03:00:00Z") / 1000;
    const door = state.of(state.stop("a")).isAtDoor;
    return { next: state.next?.id ?? null, done: state.done, late: state.late_s(now), door };
  });
}"""

RESTS: list[tuple[dict[str, Any] | None, list[dict[str, Any]], int | None]] = [
    # what the server told of her last break, what this phone recorded, since when she rests
    (None, [told("break_begin", 5)], T0 + 300),
    (None, [told("break_begin", 5), told("break_end", 9)], None),
    ({"at": T0 + 300, "is_on": True}, [], T0 + 300),  # wiped, and fetched again
    ({"at": T0 + 300, "is_on": True}, [told("break_end", 9)], None),
    ({"at": T0 + 300, "is_on": True}, [told("break_begin", 5), told("break_end", 9)], None),
    ({"at": T0 + 540, "is_on": False}, [told("break_begin", 5)], None),  # on another phone
    ({"at": T0 + 300, "is_on": False}, [told("break_begin", 9)], T0 + 540),
]
RESTING = """async ([cases, day]) => {
  const { State } = await import("/phone/my/state.js");
  const since = (known, told) => new State({ ...day, told: { break: known } }, told).breakSince;
  return cases.map(([known, told]) => since(known, told) ?? null);
}"""

CODES = """async (cases) => {
  const { openCodes } = await import("/phone/my/views/result.js");
  const needs = (arrival, collateral) => ({ needs_arrival: arrival, needs_collateral: collateral });
  const codes = { HOME: needs(true, false), LOST: needs(false, false), SEEN: needs(true, true) };
  const app = { day: { forms: { codes } } }, answer = { codes: Object.keys(codes) };
  return cases.map(([mayTell, stop]) => openCodes(app, answer, mayTell, stop).join(" "));
}"""
OPEN_CODES: list[tuple[bool, dict[str, bool], str]] = [
    (True, {"collateral": True}, "HOME LOST SEEN"),
    (True, {"collateral": False}, "HOME LOST"),
    (False, {"collateral": True}, "LOST"),
    (True, {}, "HOME LOST SEEN"),  # a day that was kept before its file told of it
]


def test_doors_the_clock_and_how_a_day_stands(look: Open) -> None:
    page = look("/my/", "alice", viewport={"width": 390, "height": 844})
    doors = page.evaluate(DOOR, [[case[:2] for case in DOORS], REASONS])
    assert doors == [list(case[2:]) for case in DOORS]
    # As the phone says at first; then as the server did, however the phone is set; after a restart
    # as long as the phone's own clock has gone on since, and never back.
    assert page.evaluate(CLOCK) == [1000, 5010, 100 - 5010, 5010, 5050, 5010]
    assert page.evaluate(CODES, [case[:2] for case in OPEN_CODES]) == [
        case[2] for case in OPEN_CODES
    ]
    assert page.evaluate(STATE, [[case[0] for case in STATES], DAY]) == [case[1] for case in STATES]
    assert page.evaluate(RESTING, [[case[:2] for case in RESTS], DAY]) == [
        case[2] for case in RESTS
    ]
