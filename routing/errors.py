"""What can go wrong on the way from an address to a travel time."""

from __future__ import annotations


class RoutingError(Exception):
    """Root of all errors of this room. The message says what is wrong and what to do."""


class ExtractError(RoutingError, ValueError):
    """A file that is no road extract, or one without what is needed from it."""


class FetchError(RoutingError, OSError):
    """A place that could not be fetched over the network."""


class GazetteerError(RoutingError, ValueError):
    """A gazetteer file that is absent, foreign, half-written or of another version."""


class PeaksError(RoutingError, ValueError):
    """A table of peak hours with faults; the message has a line for each, with its key."""


class ServerError(RoutingError):
    """A server of travel times that does not answer in time, refuses, or answers nonsense.

    The message names the server and what it answered, never a point that it was asked about.
    """
