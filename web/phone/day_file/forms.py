"""What a result asks for, as data: the same for a phone with and without a network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scheduler.contacts import ContactResult, Party
from scheduler.field.attachments import MOST_OF_A_VISIT
from scheduler.lifecycle import ASKED, CODES, COLLATERAL, NOT_MADE, WELCOME, WITHOUT_ARRIVAL
from web.contact_words import RESULTS as CALL_RESULTS
from web.phone.detail_words import (
    ATTITUDES,
    DEGREES,
    HARDSHIPS,
    NEXT_ACTIONS,
    NO_RECORDING,
    WHO_WAS_MET,
)
from web.phone.result_form import FARTHEST_DUE, LONGEST_NOTE, PARTS_OF_DAY
from web.phone.words import ANSWERS, METHOD_NAMES, PARTS
from web.phone.words import CODES as CODE_WORDS

REACHED = (Party.BORROWER, Party.HOUSEHOLD, Party.THIRD)
CALLED = (ContactResult.ANSWERED, ContactResult.NO_ANSWER, ContactResult.WRONG_NUMBER)


def forms() -> dict[str, Any]:
    """Return answers, their codes, what each code asks for, and the choices of every field."""
    return {
        "answers": [
            {"id": answer.value, "words": str(ANSWERS[answer]), "codes": list(codes)}
            for answer, codes in CODES.items()
        ],
        "codes": {
            code.value: {
                "words": str(CODE_WORDS[code]),
                "asks": sorted(ASKED.get(code, ())),
                "welcomes": sorted(WELCOME.get(code, ())),
                "needs_arrival": code not in WITHOUT_ARRIVAL,
                "needs_collateral": code in COLLATERAL,
                "was_made": code not in NOT_MADE,
            }
            for codes in CODES.values()
            for code in codes
        },
        "called": choices({one: CALL_RESULTS[one] for one in CALLED}),
        "called_with": choices({one: WHO_WAS_MET[one] for one in REACHED}),
        "methods": choices(METHOD_NAMES),
        "parts": [
            {"id": part, "words": str(PARTS[part]), "from": a.hour, "to": b.hour}
            for part, (a, b) in PARTS_OF_DAY.items()
        ],
        "attitude": choices(ATTITUDES),
        "met": choices(WHO_WAS_MET),
        "hardship": choices(HARDSHIPS),
        "ability": choices(DEGREES),
        "willingness": choices(DEGREES),
        "next_action": choices(NEXT_ACTIONS),
        "no_recording": choices(NO_RECORDING),
        "attach": {kind.value: most for kind, most in MOST_OF_A_VISIT.items()},
        "longest_note": LONGEST_NOTE,
        "farthest_due_days": FARTHEST_DUE.days,
    }


def choices(words: Mapping[Any, object]) -> list[list[str]]:
    """Return [value, words] of each choice."""
    return [[str(value), str(text)] for value, text in words.items()]
