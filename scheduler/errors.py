"""What a use case may refuse, in words for the person who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.editing.log import KeptEdit
    from scheduler.ports import AddressOverride, PlanRecord


class DayroundError(Exception):
    """Root of the domain's errors. The message says what is wrong and what to do."""


class UnknownProfileError(DayroundError, LookupError):
    """No such rule profile: nothing is planned without one."""


class UnsupportedError(DayroundError, NotImplementedError):
    """An engine was asked for what it cannot honour."""


class NotFoundError(DayroundError, LookupError):
    """A city, case, plan or collector that is not there."""


class ConflictError(DayroundError):
    """Somebody else changed it meanwhile, or its state does not allow this."""


class DecidedMeanwhileError(ConflictError):
    """Somebody else has decided where an address is; `standing` is that, None where undone."""

    def __init__(self, text: str, standing: AddressOverride | None) -> None:
        self.standing = standing
        super().__init__(text)


class EditedMeanwhileError(ConflictError):
    """Others have edited what somebody would change; `edits` are what they did."""

    def __init__(self, text: str, edits: tuple[KeptEdit, ...] = ()) -> None:
        self.edits = edits
        super().__init__(text)


class AlreadySoError(ConflictError):
    """What somebody would change is as she wants it already; `record` is the draft, as it is."""

    def __init__(self, text: str, record: PlanRecord) -> None:
        self.record = record
        super().__init__(text)


class StaleSheetError(ConflictError):
    """The draft has gone on since a change was worked out: work it out again."""


class UnlawfulPlanError(DayroundError):
    """A plan with violations, which is never published."""
