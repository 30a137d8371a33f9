"""Why a day has no slot to offer, and why one was not booked."""

from __future__ import annotations

from web.phrases.phrase import phrase

SLOTS = (
    phrase("A crew has been sent to her on this day already."),
    phrase("Her hours of this day have passed."),
    phrase("none of the cases is open any more"),
    phrase("another visit of hers comes first"),
    phrase(
        "%(hours)s cannot be kept any more: the day has changed meanwhile; offer her another slot"
    ),
    phrase("the visit is not put in: %(why)s"),
    phrase("the day has no plan yet"),
    phrase("contract %(case)s is in the book already, of another borrower: look it up in Cases"),
    phrase("that place is gone: the day has changed. Choose another"),
    phrase("there is no plan to put her into"),
    phrase("the book holds another one by its key"),
    phrase("contact %(key)s was not taken: %(why)s"),
    phrase("others write into the book without a pause: book again in a moment"),
)
