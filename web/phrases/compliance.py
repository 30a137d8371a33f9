"""Why nothing is planned by a profile, and why a rule cannot be set aside."""

from __future__ import annotations

from web.phrases.phrase import phrase

COMPLIANCE = (
    phrase(
        "the rules %(profile)s hold values that are known from memory or from a draft only, and no "
        "compliance officer has signed them for %(city)s: %(rules)s. She reads and signs them on "
        "the page Compliance, or by `dayround compliance sign %(same)s`"
    ),
    phrase("override %(id)s was asked by the key %(key)s: take another key"),
    phrase("the rules %(profile)s hold nothing that needs a signature"),
    phrase("values of %(profile)s have changed since they were read: read them anew"),
    phrase("the rules %(profile)s have no rule %(rule)s to set aside"),
    phrase("%(rule)s is a rule of law (%(source)s): nobody can set it aside"),
    phrase("say why %(rule)s is to be set aside: another person decides by it"),
    phrase("override %(number)s is %(state)s already: look at the list again"),
    phrase("you asked for override %(number)s: another person decides about it"),
    phrase("override %(number)s was for %(date)s: that day has passed"),
    phrase("%(date)s has passed: nothing can be set aside for it any more"),
    phrase("override %(number)s of %(rule)s for %(date)s is %(state)s already"),
    phrase("%(city)s has no override %(number)s: look at its list"),
    phrase("%(city)s has no borrower %(borrower)s"),
    phrase("no consent widens %(rule)s by the rules %(profile)s: it widens %(rules)s"),
    phrase("its entrustment to %(agency)s ended on %(date)s"),
    phrase("it is entrusted to %(agency)s from %(date)s on only"),
    phrase("Nothing was tried: its agency may not work it today."),
    phrase("is %(last)s, before the entrusting on %(date)s; write a later day"),
    phrase("%(city)s has no agency %(agency)s: a case file names it first"),
    phrase("%(date)s lies before %(first)s: write a later last day"),
    phrase("us"),
    phrase("asked"),
    phrase("allowed"),
    phrase("declined"),
    phrase("withdrawn"),
)
