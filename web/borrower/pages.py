"""The room's pages, by what is done there."""

from __future__ import annotations

from web.borrower import attachments, calendar, cases, restraints, story, words
from web.borrower.room import borrower
from web.compliance.words import rule_title

__all__ = ["attachments", "borrower", "calendar", "cases", "restraints", "story"]


@borrower.context_processor
def name_things() -> dict[str, object]:
    """Let the room's templates call things by their names."""
    return {"words": words, "rule_title": rule_title}
