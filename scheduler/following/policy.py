"""The table that says what follows from each result code; a product may say otherwise.

    [codes.NOT_HOME]
    seen = "D"
    source = "house assumption: …"
    steps = [{ do = "visit_again", after_days = 3 }]

`[products.vehicle.NOT_HOME]` takes the place of that line for cases of the product 'vehicle'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from scheduler.follow_ups import Task
from scheduler.lifecycle import Code
from scheduler.model import StopFlag
from scheduler.restraints import PauseKind
from scheduler.rules.values import LARGEST_CREW

LONGEST_DAYS = 3650


class StepKind(StrEnum):
    """What a step does."""

    PROMISE = "promise"  # opens the promise that was told
    AGREEMENT = "agreement"  # keeps the agreement; its instalments are promises
    APPOINTMENT = "appointment"  # the hours that she told are her appointment
    VISIT_AGAIN = "visit_again"  # nobody goes before its day
    INVALID_PLACE = "invalid_place"  # the place is not hers: nobody goes there any more
    DOUBT_PLACE = "doubt_place"  # the position waits for a person in the address review
    CREW = "crew"  # so many collectors go together from now on
    PAUSE = "pause"  # nobody visits for so many days
    STOP_CASE = "stop_case"
    STOP_PERSON = "stop_person"
    FOLLOW_UP = "follow_up"  # a task of the desk


@dataclass(frozen=True, slots=True)
class Step:
    """One consequence of a code. `days` counts from the day of the visit: grace, wait or pause.

    Of a stop it is how long it holds while no payment comes; 0 until somebody lifts it.
    """

    kind: StepKind
    days: int = 0
    size: int = 1
    flag: StopFlag | None = None
    why: PauseKind | None = None
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What follows from one code, and on what authority; `seen` is as in `scheduler.rules.Fact`."""

    steps: tuple[Step, ...]
    seen: str
    source: str


@dataclass(frozen=True)
class FollowPolicy:
    """A line for every code; `products` hold those that say otherwise, by product and code."""

    version: str
    title: str
    codes: Mapping[Code, Line]
    products: Mapping[str, Mapping[Code, Line]] = field(default_factory=dict)

    def line(self, code: Code, product: str) -> Line:
        """Return what follows from a code for a case of a product."""
        own = self.products.get(product.strip().casefold(), {})
        return own.get(code, self.codes[code])


OWN_KEYS: Mapping[StepKind, Mapping[str, str]] = {
    StepKind.PROMISE: {"grace_days": "days"},
    StepKind.AGREEMENT: {"grace_days": "days"},
    StepKind.APPOINTMENT: {},
    StepKind.VISIT_AGAIN: {"after_days": "days"},
    StepKind.INVALID_PLACE: {},
    StepKind.DOUBT_PLACE: {},
    StepKind.CREW: {"size": "size"},
    StepKind.PAUSE: {"why": "why", "days": "days"},
    StepKind.STOP_CASE: {"flag": "flag"},
    StepKind.STOP_PERSON: {"flag": "flag"},
    StepKind.FOLLOW_UP: {"task": "task", "after_days": "days"},
}
"""What a step of a kind tells in a file, and the field that it fills; all of it is needed."""

MAY_TELL: Mapping[StepKind, Mapping[str, str]] = {
    StepKind.STOP_CASE: {"lapses_after_days": "days"},
}
"""What a step may tell besides: of a stop as paid, for how long it holds without the payment."""

WORDS: Mapping[str, type[StrEnum]] = {"flag": StopFlag, "why": PauseKind, "task": Task}
MOST = {"days": LONGEST_DAYS, "size": LARGEST_CREW}


def read_policy(raw: Mapping[str, Any]) -> FollowPolicy:
    """Make a policy of what TOML tells.

    Raises
    ------
    ValueError
        Where something is wrong or lacking; all of it is named, a line each.
    """
    faults: list[str] = []
    told = _table(raw.get("codes", {}), "codes", faults)
    codes = _lines(told, "codes", faults)
    products = {
        name.strip().casefold(): _lines(_table(lines, at, faults), at, faults)
        for name, lines in _table(raw.get("products", {}), "products", faults).items()
        for at in [f"products.{name}"]
    }
    faults += [f"{key}: expected text" for key in ("version", "title") if not _is_said(raw, key)]
    faults += [f"codes.{code}: is missing" for code in Code if code not in told]
    unknown = set(raw) - {"version", "title", "codes", "products"}
    faults += [f"{key}: unknown key" for key in sorted(unknown)]
    if faults:
        raise ValueError("\n".join(faults))
    return FollowPolicy(str(raw["version"]), str(raw["title"]), codes, products)


def _is_said(raw: Mapping[str, Any], key: str) -> bool:
    told = raw.get(key)
    return isinstance(told, str) and bool(told.strip())


def _table(raw: Any, where: str, faults: list[str]) -> Mapping[str, Any]:
    if isinstance(raw, dict):
        return raw
    faults.append(f"{where}: expected a table, not {raw!r}")
    return {}


def _lines(raw: Mapping[str, Any], where: str, faults: list[str]) -> dict[Code, Line]:
    lines = {}
    for name, told in raw.items():
        at = f"{where}.{name}"
        if name not in list(Code):
            faults.append(f"{at}: unknown result code")
            continue
        found = list(_line_faults(told))
        faults += [f"{at}{fault}" for fault in found]
        if not found:
            steps = tuple(_step(step) for step in told["steps"])
            lines[Code(name)] = Line(steps, told["seen"], told["source"])
    return lines


def _line_faults(told: Any) -> Iterator[str]:
    if not isinstance(told, dict):
        yield f": expected {{ seen = …, source = …, steps = … }}, not {told!r}"
        return
    if told.get("seen") not in ("P", "S", "M", "D"):
        yield f".seen: expected one of P, S, M, D, not {told.get('seen')!r}"
    if not _is_said(told, "source"):
        yield ".source: is missing; say where it stands"
    yield from (f".{key}: unknown key" for key in told if key not in ("seen", "source", "steps"))
    if not isinstance(told.get("steps"), list):
        yield ".steps: expected a list of steps, which may be empty"
        return
    for number, step in enumerate(told["steps"], start=1):
        yield from (f": step {number}: {fault}" for fault in _step_faults(step))


def _step_faults(step: Any) -> Iterator[str]:
    if not isinstance(step, dict):
        yield f"expected {{ do = … }}, not {step!r}"
        return
    kind = step.get("do")
    if kind not in list(StepKind):
        yield f"unknown step {kind!r}; there are {', '.join(StepKind)}"
        return
    needed, keys = OWN_KEYS[StepKind(kind)], _keys(StepKind(kind))
    yield from (f"{key} is missing" for key in needed if key not in step)
    yield from (f"unknown key {key}" for key in step if key not in keys and key != "do")
    for key in keys.keys() & step.keys():
        yield from _value_faults(key, keys[key], step[key])
    if "lapses_after_days" in step and step.get("flag") != StopFlag.PAID:
        yield "lapses_after_days is for the flag paid: payments lift no other stop"


def _keys(kind: StepKind) -> Mapping[str, str]:
    return {**OWN_KEYS[kind], **MAY_TELL.get(kind, {})}


def _value_faults(key: str, filled: str, value: Any) -> Iterator[str]:
    if filled in WORDS:
        if value not in list(WORDS[filled]):
            yield f"unknown {key} {value!r}; there are {', '.join(WORDS[filled])}"
    elif type(value) is not int or not 0 <= value <= MOST[filled]:
        yield f"{key} is a whole number from 0 to {MOST[filled]}, not {value!r}"


def _step(step: Mapping[str, Any]) -> Step:
    kind = StepKind(step["do"])
    filled: dict[str, Any] = {
        name: WORDS[name](step[key]) if name in WORDS else step[key]
        for key, name in _keys(kind).items()
        if key in step
    }
    return Step(kind, **filled)
