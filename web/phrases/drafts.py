"""Why a draft is not changed: others were quicker, it is none any more, nothing is left to undo."""

from __future__ import annotations

from web.phrases.phrase import phrase

DRAFTS = (
    phrase("%(who)s changed the same meanwhile: look at it again, then decide"),
    phrase("%(who)s changed the same afterwards: it is not taken back below that"),
    phrase("%(who)s did the same meanwhile: nothing was changed"),
    phrase("it is so already: nothing was changed"),
    phrase("%(who)s has nothing to undo in this draft"),
    phrase("%(who)s has nothing to redo in this draft"),
    phrase("edit %(number)s is not the one that %(who)s would take back next"),
    phrase("others edit this draft all the time just now: try once more"),
    phrase(
        "version %(version)s of %(city)s on %(day)s is %(state)s and is never changed: "
        "copy it as a draft first"
    ),
    phrase(
        "version %(newer)s has taken the place of version %(version)s of %(city)s on %(day)s: "
        "edit that"
    ),
    phrase(
        "version %(version)s of %(city)s on %(day)s was edited since revision %(revision)s: "
        "work the edit out again"
    ),
    phrase("the key %(key)s is that of another edit: send this one with its own"),
    phrase("it was about the earlier version as a whole: look whether it is still wanted"),
    phrase("it took back what is no part of this version"),
    phrase("this cannot be done: %(words)s"),
    phrase("%(city)s has no directive %(numbers)s: list what is there"),
    phrase("something else was said by the key %(key)s: take another key"),
    phrase("%(plan)s is %(state)s, and only what is published is taken back"),
    phrase("%(plan)s is taken back with a reason alone: say why"),
    phrase("%(where)s: needs a kind; there are: %(words)s"),
    phrase("edit.steps: expected a list of 1 to %(count)s edits"),
)
