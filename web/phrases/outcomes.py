"""What is wrong with an outcome, its promise or its agreement, and what it lets wait."""

from __future__ import annotations

from web.phrases.phrase import phrase

OUTCOMES = (
    phrase("after the last visit nobody goes again before %(date)s"),
    phrase("outcome %(outcome)s: %(why)s"),
    phrase("borrower %(borrower)s has no open case %(case)s in %(city)s"),
    phrase("borrower %(borrower)s has no outcome %(outcome)s to correct"),
    phrase("outcome %(outcome)s was corrected by %(newer)s: correct that one"),
    phrase("borrower %(borrower)s has no contact %(contact)s to correct"),
    phrase("contact %(contact)s was corrected by %(newer)s: correct that one"),
    phrase("is missing: grace and method are those of a promised sum"),
    phrase("is not promised: a sum and its day are those of a promise"),
    phrase("is missing: a promise is a sum and its day"),
    phrase("is not more than 0"),
    phrase("lies before the contact"),
    phrase("%(city)s has no follow-up %(task)s"),
    phrase("follow-up %(task)s is %(state)s already"),
    phrase("an agreement needs at least one instalment"),
    phrase("%(sum)s is no sum that is paid"),
    phrase("sums have at most two decimals and are less than %(most)s"),
    phrase("the instalments add up to %(sum)s, not to the total of %(full)s"),
    phrase("every instalment is more than 0"),
    phrase("the instalments fall due one after the other, each on its own day"),
    phrase("an instalment falls due before the agreement of %(date)s"),
    phrase("what is waived is more than 0"),
    phrase("the outcome was corrected"),
    phrase("no result of a visit holds the stop %(stop)s of %(whom)s"),
    phrase("a waiver names who approved it"),
    phrase("%(who)s cannot approve a waiver that she records herself"),
    phrase("the %(name)s's sha256 is not 64 hexadecimal digits"),
)
