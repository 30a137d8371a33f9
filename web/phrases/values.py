"""How each term of a visit's value is reckoned."""

from __future__ import annotations

from web.phrases.phrase import phrase

VALUES = (
    phrase("case %(case)s: %(sum)s overdue x %(reckoning)s x %(chance)s met"),
    phrase("%(paid)s paid if met (%(bucket)s)"),
    phrase("%(kept)s of %(closed)s promises kept, %(count)s months with a payment: %(chance)s"),
    phrase("score %(score)s of %(source)s, %(date)s: %(chance)s"),
    phrase("score %(score)s of %(source)s, %(date)s: older than %(days)s days, ignored"),
    phrase(
        "case %(case)s: %(bucket)s in %(days)s days, where %(share)s less is paid "
        "x %(nearness)s x %(chance)s met"
    ),
    phrase("a promise is due since %(date)s x %(chance)s met"),
    phrase("a promise of %(date)s was broken x %(chance)s met"),
    phrase("%(days)s days without a visit x %(price)s x %(chance)s met"),
    phrase("an appointment is agreed for today"),
    phrase("the lender has assigned it for visit"),
    phrase("crew %(crew)s: %(minutes)s min more on the road, %(needed)s min at the door"),
)
