"""Whose cases a crew visits for, and whose it may not."""

from __future__ import annotations

from web.phrases.phrase import phrase

ENTRUSTED = (
    phrase(
        "no crew of %(agency)s is on the road today: put its collectors on shift and form crews "
        "again, or entrust the case to another agency"
    ),
    phrase(
        "no crew of our own staff is on the road today: put collectors on shift and form crews "
        "again, or entrust the case to an agency"
    ),
    phrase(
        "one agency visits a borrower on a day, and today another one's cases of hers come first"
    ),
    phrase("no open case of hers is with %(agency)s, whose crew was to go"),
    phrase("%(case)s is with %(agency)s, and %(collector)s works for %(other)s"),
    phrase("our own staff"),
    phrase("Nothing was tried: another agency visits her today."),
    phrase("Nothing was tried: nobody of its agency is on the road today."),
    phrase(
        "crews %(crews)s hold collectors who work for different agencies by now: form the crews "
        "again"
    ),
)
