"""All pages of compliance, by what is looked after there."""

from __future__ import annotations

from web.compliance import agencies, asking, overrides, overview, passed, signing, words
from web.compliance.room import compliance

__all__ = ["agencies", "asking", "compliance", "overrides", "overview", "passed", "signing"]


@compliance.context_processor
def name_things() -> dict[str, object]:
    """Let the room's templates call rules and states by their names."""
    return {"rule_title": words.rule_title, "STATES": words.STATES, "SEEN": words.SEEN}
