"""What the inner rooms say in English, in the visitor's language.

Readers, rules and the search say what is wrong in whole sentences with ids and figures in them.
Each sentence that a page shows stands here, with `%(name)s` where it varies; its Chinese stands
in translations/zh/phrases.po. One that is not known is shown as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Flask

from web.language import t

HOLE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence, and how it is known again."""

    text: str
    pattern: re.Pattern[str]


def phrase(text: str) -> Phrase:
    """Return a sentence of which `%(name)s` varies."""
    literals_and_names = HOLE.split(text)
    parts = [
        f"(?P<{part}>.*?)" if i % 2 else re.escape(part)
        for i, part in enumerate(literals_and_names)
    ]
    return Phrase(text, re.compile("".join(parts), re.DOTALL))


def speak_for_all(app: Flask) -> None:
    """Let templates say what another room said: `{{ error.problem|said }}`."""
    app.jinja_env.filters["said"] = said


def said(text: str) -> str:
    """Return a sentence of another room in the visitor's language, its parts likewise."""
    for known in PHRASES:
        if found := known.pattern.fullmatch(text):
            parts = {name: said(part) for name, part in found.groupdict().items()}
            return t(known.text, **parts)
    return t(text) if text else ""


PHRASES = (
    # rules and screening
    phrase("stopped: %(flags)s"),
    phrase("visited on %(date)s, %(days)s days away; at least %(least)s are needed"),
    phrase("%(count)s visits already in %(days)s days around %(date)s; %(most)s allowed"),
    phrase("the workplace was not named by the borrower, and home has not failed"),
    phrase("the %(kind)s address is not valid"),
    phrase("%(count)s collectors come, and at least %(least)s are needed"),
    phrase("%(date)s is kept free: the Spring Festival begins on %(first)s"),
    phrase("no visit of %(minutes)s min fits both her hours and the lawful ones: %(hours)s"),
    phrase("an appointment is booked for %(date)s"),
    phrase("a promise to pay is open until %(date)s"),
    phrase("no address is known"),
    phrase("every address is marked as not valid"),
    phrase("the %(kind)s address was not found: correct it, or give its position"),
    phrase("the %(kind)s address was found to its %(precision)s only: check it"),
    phrase("not among the %(most)s visits worth most today"),
    phrase("planned, and refused by now: %(why)s"),
    phrase("planned, and has no open case by now"),
    # words in them
    phrase("district"),
    phrase("paid"),
    phrase("disputed"),
    phrase("complaint"),
    phrase("represented"),
    phrase("vulnerable"),
    phrase("deceased"),
    phrase("hospital"),
    phrase("mourning"),
    phrase("consent_withdrawn"),
    phrase("legal_hold"),
    # why the search left a visit out
    phrase("%(crews)s could make it on an empty day; none has room left."),
    phrase(
        "%(crews)s could make it on an empty day; none has room left "
        "(%(full)s at the most visits allowed)."
    ),
    phrase("%(count)s crew"),
    phrase("%(count)s crews"),
    phrase("Sending crew %(crew)s would cost %(cost)s more; the visit is worth %(value)s."),
    phrase(
        "Crew %(crew)s has room for it at %(cost)s, against a worth of %(value)s; the search "
        "ended before it was put there."
    ),
    phrase("Even with an empty day crew %(crew)s, the nearest to it, %(what)s"),
    phrase("would arrive %(minutes)s min after the last start allowed."),
    phrase("would be back %(minutes)s min after its latest end."),
    phrase("would travel longer than it may."),
    phrase("has no time for it beside its breaks."),
    phrase("No road leads there and back for %(crews)s that fit."),
    phrase("It needs a crew of %(size)s; the largest has %(largest)s."),
    phrase("No crew has the skills %(skills)s."),
    phrase("No crew is on shift."),
    # crews
    phrase("nobody else of agency %(agency)s is on the road"),
    phrase("she is never to go with anybody who is on the road"),
    phrase("she has too little common time with anybody whom she may go with"),
    phrase("the odd one out: everybody whom she could go with is in another crew"),
    phrase("has a certificate that expired on %(date)s"),
    phrase("they work for different agencies"),
    phrase("they are never to go together"),
    phrase("together for %(days)s days or more: any other way fewer could go"),
    phrase("the pair of the file is not kept: %(why)s"),
    phrase("%(who)s is not on shift"),
    phrase("the way to each other and their breaks leave no common time"),
    # lists in
    phrase(
        "this home holds made-up data and takes no real list: make a home of your own with "
        "`dayround init`, and import there"
    ),
    phrase("is empty; fill it in"),
    phrase("is empty, and so are coordinates; fill in one of them"),
    phrase("is negative; write the sum that is owed, zero or more"),
    phrase("is no sum of money; write digits, as in 1234.50"),
    phrase("is more than a debt can be; look whether the columns are shifted"),
    phrase("is no whole number; write digits only"),
    phrase("is not between %(least)s and %(most)s; write the true number"),
    phrase("is no date that reads only one way; write it as 2026-11-03"),
    phrase("is no day of the calendar; write it as 2026-11-03"),
    phrase("is not understood; write %(choices)s"),
    phrase("stands on %(lines)s; keep one row per %(what)s"),
    phrase("could not be placed; write a fuller address, or give coordinates"),
    phrase("is no collector of the book; import her first, or mend the id"),
    phrase("is empty beside its partner; fill in both or neither"),
    phrase("is empty beside coordinates; write WGS-84, GCJ-02 or BD-09"),
    phrase("is no time of day; write it as in 09:00"),
    phrase("has no hours; write them as in 09:00-12:00; 18:00-20:00"),
    phrase("the file is empty: nothing to import"),
    phrase("the file has headers and no rows below them: nothing to import"),
    phrase("no stop column: stops (paid, disputed, deceased, …) are not known, not checked"),
    phrase("no last-visit column: days between visits count from visits recorded here"),
    phrase("no appointment column: appointments are not known"),
    phrase("no promise column: promises that fall due are not known"),
    phrase("no availability column: every lawful hour counts as suitable"),
    phrase("no skills column: any collector may be sent, as far as skills go"),
    phrase("no source column: the source of each address is 'lender's file'"),
    phrase("no lawful-basis column: the basis of each address is 'contract'"),
    phrase(
        "no client id or identity number: borrowers are told apart by name and phone, without a "
        "phone by contract, and visits are counted that way"
    ),
    phrase("no phone column: contact before a visit is not possible from here"),
)
