"""Why the policy asks for no visit, and what keeps a version of it from holding."""

from __future__ import annotations

from web.phrases.phrase import phrase

POLICIES = (
    phrase(
        "%(case)s is %(days)s days past due (%(bucket)s), and policy %(version)s asks for a visit "
        "from %(full)s days on: %(date)s"
    ),
    phrase(
        "%(case)s is %(days)s days past due (%(bucket)s), and policy %(version)s asks for no visit"
    ),
    phrase("next is %(channel)s on %(date)s"),
    phrase("it asks for no other step"),
    phrase(
        "policy %(version)s asks for %(days)s days from one visit to the next, and one is on "
        "%(date)s"
    ),
    phrase(
        "policy %(version)s allows %(most)s visits in %(days)s days, and %(count)s are around "
        "%(date)s"
    ),
    phrase("Nothing was tried: the policy asks for no visit."),
    phrase("%(city)s has no version %(version)s of its policy"),
    phrase("version %(version)s of %(city)s's policy says the same already"),
    phrase("version %(version)s of %(city)s's policy"),
    phrase("%(name)s was approved by %(who)s already"),
    phrase("%(name)s was made by %(who)s: somebody else must approve it"),
    phrase("%(name)s was to hold from %(date)s, which is past: put it again with a later day"),
    phrase("is no chance; write a number from 0 to 1, or a percentage"),
    phrase("lies ahead; write the day on which it was scored"),
    phrase("unknown key; there are %(keys)s"),
    phrase("expected text"),
    phrase("expected a whole number from %(least)s to %(most)s, not %(value)s"),
    phrase("expected a number from 0 to %(most)s, not %(value)s"),
    phrase("expected one of %(words)s, not %(value)s"),
    phrase("expected a list of words, not %(value)s"),
    phrase("expected a list of tables"),
    phrase("expected a table, not %(value)s"),
    phrase("unknown: %(words)s; there are %(keys)s"),
    phrase("nothing"),
    phrase("%(channel)s stands twice"),
    phrase("is no TOML: %(error)s"),
    phrase("never holds, for rows above take all of its cases"),
    phrase("%(buckets)s need a row for all products and risks"),
    phrase("%(channel)s from %(days)s days on never comes, its buckets end after %(most)s"),
    phrase("visit"),
    phrase("call"),
    phrase("sms"),
    phrase("chat"),
    phrase("email"),
    phrase("letter"),
)
