"""A signature as points: what was signed above it, and the strokes, never markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST_TEXT = 4000
WIDEST = 4000
MOST_POINTS = 6000
MOST_STROKES = 300
Stroke = tuple[tuple[int, int], ...]


class SignatureError(ValueError):
    """Something that is no signature."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed: the text above it, and strokes in a box of `width` × `height`.

    Without strokes it was signed on paper, which is kept where `paper` says.
    """

    text: str
    width: int
    height: int
    strokes: tuple[Stroke, ...]
    paper: str = ""


def read_signature(content: bytes) -> Signed:
    """Return a signature from its JSON: text, width, height and strokes of [x, y], or paper.

    Raises
    ------
    SignatureError
        Where it is none.
    """
    told = _mapping(content)
    text, paper = _text(told.get("text")), _text(told.get("paper", ""))
    width, height = told.get("width", 0), told.get("height", 0)
    strokes = _strokes(told.get("strokes", []))
    if not (_is_within(width, WIDEST) and _is_within(height, WIDEST)):
        raise SignatureError("its box has no size")
    if not all(x <= width and y <= height for stroke in strokes for x, y in stroke):
        raise SignatureError("a point lies outside its box")
    if bool(strokes) == bool(paper.strip()):
        raise SignatureError("it is signed on glass, or on paper that is kept somewhere")
    return Signed(text, width, height, strokes, paper.strip())


def _mapping(content: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(content)
    except ValueError as error:
        raise SignatureError("it is no JSON") from error
    if not isinstance(told, Mapping):
        raise SignatureError("it is no JSON object")
    return told


def _strokes(told: Any) -> tuple[Stroke, ...]:
    if not isinstance(told, list) or len(told) > MOST_STROKES:
        raise SignatureError(f"strokes are a list, at most {MOST_STROKES}")
    if not all(isinstance(stroke, list) and stroke for stroke in told):
        raise SignatureError("a stroke is a list of points")
    if sum(map(len, told)) > MOST_POINTS:
        raise SignatureError(f"it has more than {MOST_POINTS} points")
    return tuple(tuple(_point(point) for point in stroke) for stroke in told)


def _point(told: Any) -> tuple[int, int]:
    if not isinstance(told, list) or len(told) != 2:
        raise SignatureError("a point is [x, y]")
    if not all(_is_within(part, WIDEST) for part in told):
        raise SignatureError("a point is two whole numbers")
    return told[0], told[1]


def _text(told: Any) -> str:
    if not isinstance(told, str) or len(told) > LONGEST_TEXT:
        raise SignatureError(f"text and paper are texts of at most {LONGEST_TEXT} signs")
    return told


def _is_within(value: Any, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
