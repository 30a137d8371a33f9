"""Options of a call, as they stand in its address: the same as those of the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from scheduler.engines import DEFAULT, LARGEST_SEED
from scheduler.engines.registry import ENGINES

MOST_SECONDS = 30  # with starting and loading, within the two minutes that our proxies wait
MOST_THREADS = 64


@dataclass(frozen=True)
class Options:
    """How to solve. `problem` asks for the problem with its matrices beside the solution."""

    engine: str = DEFAULT
    seconds: float = 10.0
    seed: int = 0
    threads: int = 1
    all_required: bool = False
    problem: bool = False


class OptionsError(ValueError):
    """Options that are not understood; `faults` are all of them, by name."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{name}: {problem}" for name, problem in faults.items()))


def read_options(told: Mapping[str, str]) -> Options:
    """Read the options of an address; OptionsError with all that is wrong."""
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name, text in told.items():
        if name not in READERS:
            faults[name] = f"is not understood; there are {', '.join(READERS)}"
            continue
        try:
            values[name] = READERS[name](text)
        except ValueError as error:
            faults[name] = str(error)
    if faults:
        raise OptionsError(faults)
    return Options(**values)


def engine_name(text: str) -> str:
    if text not in ENGINES:
        raise ValueError(f"there is no {text!r}; choose from {', '.join(ENGINES)}")
    return text


def number(kind: type[int | float], least: int, most: int) -> Callable[[str], float]:
    """Return the reader of a number from `least` to `most`."""

    def read(text: str) -> float:
        with suppress(ValueError):
            if least <= (value := kind(text)) <= most:
                return value
        noun = "whole number" if kind is int else "number"
        raise ValueError(f"{text!r} is no {noun} from {least} to {most}")

    return read


def flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(f"{text!r} is neither true nor false")
    return text == "true"


READERS: Mapping[str, Callable[[str], Any]] = {
    "engine": engine_name,
    "seconds": number(float, 0, MOST_SECONDS),
    "seed": number(int, 0, LARGEST_SEED),
    "threads": number(int, 1, MOST_THREADS),
    "all_required": flag,
    "problem": flag,
}
