"""What stands in the way of an edit by hand, and what came of it."""

from __future__ import annotations

from web.phrases.phrase import phrase

EDITING = (
    phrase("A person took it off by hand."),
    phrase("would begin %(minutes)s min too late"),
    phrase("would begin outside its hours"),
    phrase("would be back %(minutes)s min after the latest end"),
    phrase("would travel %(minutes)s min longer than it may"),
    phrase("would work %(minutes)s min longer than it may"),
    phrase("would not be taken in its hours"),
    phrase("would not begin at the time that is locked"),
    phrase("would keep the crew that comes there too waiting %(minutes)s min"),
    phrase("has no time for its breaks"),
    phrase("would work longer than it may"),
    phrase("would travel longer than it may"),
    phrase("no other crew can be there with crew %(crew)s"),
    phrase("crew %(crew)s has begun it: it stays as it is"),
    phrase("crew %(crew)s has begun it: nothing can come before it"),
    phrase("is planned and may not be made any more: take it off first"),
    phrase("is not on the road any more"),
    phrase("no crew %(crew)s is on the road today"),
    phrase("the day has no visit %(visit)s"),
    phrase("collector %(collector)s is in no crew of the day: nothing changes"),
    phrase("collector %(owner)s works for another agency than case %(case)s"),
    phrase("nobody can stand in where none or she herself is the owner: %(cases)s"),
    phrase(
        "collector %(collector)s is planned to go to case %(case)s on %(on)s: move the visit or "
        "take it off first"
    ),
    phrase("visit %(visit)s is planned by now: it needs no help"),
    phrase("crew %(crew)s is another by now: look at it again"),
    phrase("nobody may visit %(visit)s today"),
    phrase(
        "collector %(collector)s works otherwise by now than when this was worked out: look at it "
        "again"
    ),
    phrase("case %(case)s was given back already"),
    phrase("case %(case)s is not given back: by a later change %(owner)s owns it"),
    phrase("%(city)s has no stand-in %(id)s: look at who stands in today"),
    phrase("%(city)s has no gift %(id)s: look at whose the case is"),
    phrase("something else was given by the key %(key)s: take another key"),
    phrase("visit %(visit)s stands in no itinerary: it is left out already"),
    phrase("visit %(visit)s cannot be made at %(place)s today"),
    phrase("visit %(visit)s cannot be made anywhere today"),
    phrase("visit %(visit)s no longer stands in the day of crew %(crew)s: look at it again"),
)
