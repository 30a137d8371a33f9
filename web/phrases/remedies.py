"""What would make room for a case that is left out."""

from __future__ import annotations

from web.phrases.phrase import phrase

REMEDIES = (
    phrase("%(what)s: crew %(crew)s could begin at %(time)s, and the day would cost %(sum)s more"),
    phrase("%(what)s: crew %(crew)s could begin at %(time)s, and the day would cost %(sum)s less"),
    phrase(
        "%(what)s: crew %(crew)s could begin at %(time)s, and the day would cost "
        "%(sum)s more, %(overtime)s of overtime included"
    ),
    phrase(
        "%(what)s: crew %(crew)s could begin at %(time)s, and the day would cost "
        "%(sum)s less, %(overtime)s of overtime included"
    ),
    phrase("As things are"),
    phrase("Her hours at %(place)s begin %(minutes)s min earlier"),
    phrase("Her hours at %(place)s end %(minutes)s min later"),
    phrase("the %(kind)s address"),
    phrase("The crew sets off %(minutes)s min earlier"),
    phrase("The crew may be back %(minutes)s min later"),
    phrase("The crew may make one visit more"),
    phrase("A crew that is not hers may go there"),
    phrase("One crew more, like crew %(crew)s, for %(count)s of the left out"),
    phrase("%(what)s: it could begin here at %(time)s, and the day would cost %(sum)s more"),
    phrase("%(what)s: it could begin here at %(time)s, and the day would cost %(sum)s less"),
    phrase("The visits for %(cases)s are given up"),
    phrase("The visit for %(cases)s is given up"),
    phrase("No single change that was tried makes room for it."),
    phrase("Nothing could be tried: by the facts of now nobody may go there. Plan again."),
    phrase("Nothing was tried: it is planned."),
    phrase("Nothing was tried: a rule keeps it out, and no remedy goes against a rule."),
    phrase("Nothing was tried: it waits for another day."),
    phrase("Nothing was tried: a dispatcher said that she is not visited today."),
    phrase("Nothing was tried: no place of hers is known closely enough."),
    phrase("Nothing was tried: she has no hours today that could be moved."),
)
