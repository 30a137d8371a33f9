"""Why the search left a visit out, why somebody is in no crew, and what it cannot do."""

from __future__ import annotations

from web.phrases.phrase import phrase

SEARCH = (
    phrase(" (%(full)s may make no more visits)"),
    phrase("%(count)s crew"),
    phrase("%(count)s crews"),
    phrase(
        "Sending the crews %(crews)s together would cost %(cost)s more; the visit is worth "
        "%(value)s."
    ),
    phrase(
        "The crews %(crews)s have room for it together at %(cost)s, against a worth of %(value)s; "
        "the search ended before it was put there."
    ),
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
    phrase("would work longer than it may."),
    phrase("cannot go there and be back within its day."),
    phrase("It needs %(size)s people, and no two crews that may go have them together."),
    phrase("No crew that may go can keep its own breaks within its shift."),
    phrase(
        "Two crews would have to meet for it; %(crews)s could be there on an empty day%(never)s."
    ),
    phrase(", never two at once"),
    phrase("No road leads there and back for %(crews)s that fit."),
    phrase("It needs a crew of %(size)s; the largest has %(largest)s."),
    phrase("No crew has the skills %(skills)s."),
    phrase("No crew is on shift."),
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
    phrase("None of its places has an hour left for it today."),
    phrase("It is locked after visit %(visit)s, itself left out."),
    phrase("%(crews)s could make it on an empty day; none has room left%(whose)s."),
    phrase("No crew that may go%(names)s is on shift."),
    phrase("No crew can load %(load)s."),
    phrase("No crew has the size, the skills, the capacity and the leave to go all together."),
    phrase(
        "visit %(visit)s is locked to crew %(crew)s after visit %(earlier)s, which is locked "
        "to crew %(other)s; take one of the locks away"
    ),
    phrase("visit %(visit)s has two locks that differ; take one away"),
    phrase("lock of visit %(visit)s: no visit %(other)s can be planned today; take the lock away"),
    phrase("lock of visit %(visit)s: no crew %(crew)s is on shift; there are %(crews)s"),
    phrase("visits are locked in a circle: %(circle)s; take one away"),
    phrase(
        "visit %(visit)s is locked to crew %(crew)s, but only %(crews)s may go; lock it to one "
        "of these"
    ),
    phrase(
        "visit %(visit)s is locked to start at second %(second)s, which is outside every "
        "window of its places; choose another time or take the lock away"
    ),
    phrase("it names %(who)s twice"),
    phrase("the city has no collector %(who)s"),
    phrase("%(who)s goes in %(crew)s already"),
    phrase("is not on shift"),
    phrase("there is no engine %(engine)s; choose from %(engines)s"),
    phrase("engine %(engine)s cannot honour %(asked)s; choose another one"),
    phrase("It would fit at usual times: that time is kept free as the plan's reserve."),
    phrase("a reserve is from %(least)s (none) to %(most)s percent, and not %(asked)s"),
    phrase("two at one door"),
    phrase("travel that differs by the hour"),
)
