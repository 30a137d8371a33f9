"""Why a map service did not answer, what it answered strangely, and how it is set up wrongly."""

from __future__ import annotations

from web.phrases.phrase import phrase

FAILURES = (
    "it does not accept the key",
    "it does not let this key or this machine ask",
    "it was asked too often",
    "its quota for this key is used up",
    "it did not understand an address",
    "it did not answer in time",
    "its answer cannot be read",
    "it was left alone: its quota is used up, or it failed several times",
    "it is out of reach, or does not work",
)

GEOCODERS = (
    *map(phrase, FAILURES),
    *(phrase(f"{failure} (%(code)s)") for failure in FAILURES),
    phrase("it has no key: set %(variable)s"),
    phrase("the place lies outside the city"),
    phrase("the service knows number %(number)s"),
    phrase("the service knows %(count)s such places"),
    phrase("it lies %(far)s km beyond %(area)s"),
    phrase("the datum of the service is not known in mainland China"),
    phrase("%(file)s is no UTF-8 text"),
    phrase("%(file)s is no TOML: %(error)s"),
    phrase("there is no service %(service)s; there are %(services)s"),
    phrase("%(service)s is a server of your own: name its url below [%(same)s]"),
    phrase("others can read the keys in %(file)s: chmod 600 %(same)s"),
    phrase('%(file)s is no TOML: write lines such as amap = "…"'),
)
