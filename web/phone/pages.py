"""All pages of the phone, by what is done there."""

from __future__ import annotations

from web.phone import confirming, days, detail_words, exports, results, visits, words
from web.phone.brought import bringing, letting_in
from web.phone.day_file import ground, telling
from web.phone.exports import TAKEN_ALONG
from web.phone.getting_in import link
from web.phone.getting_in.inside import inside_app
from web.phone.own import help as own_help
from web.phone.own import pages as own_pages
from web.phone.result_form import LONGEST_NOTE, PARTS_OF_DAY, Method
from web.phone.room import phone
from web.phone.shell import pages as shell

__all__ = [
    "bringing",
    "confirming",
    "days",
    "exports",
    "ground",
    "letting_in",
    "link",
    "own_help",
    "own_pages",
    "phone",
    "results",
    "shell",
    "telling",
    "visits",
]


@phone.context_processor
def name_things() -> dict[str, object]:
    """Let the room's templates call things by their names."""
    return {
        "words": words,
        "words_more": detail_words,
        "METHODS": list(Method),
        "PARTS_OF_DAY": PARTS_OF_DAY,
        "LONGEST_NOTE": LONGEST_NOTE,
        "TAKEN_ALONG": TAKEN_ALONG,
        "inside_app": inside_app(),
    }
