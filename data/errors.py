"""What can go wrong with what lies on disk, in words for the person at the keyboard."""

from __future__ import annotations

from scheduler.errors import DayroundError


class DatabaseError(DayroundError):
    """A database that cannot be used as it is."""


class BackupError(DayroundError):
    """A backup that is damaged, or that would overwrite something."""


class SealError(DayroundError):
    """Something sealed that this home's key does not open."""
