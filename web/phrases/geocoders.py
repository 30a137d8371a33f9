"""Why a map service did not answer, what it answered strangely, and how it is set up wrongly."""

from __future__ import annotations

from web.phrases.phrase import phrase

GEOCODERS = (
    phrase("it does not accept the key"),
    phrase("it does not let this key or this machine ask"),
    phrase("it was asked too often"),
    phrase("its quota for this key is used up"),
    phrase("it did not understand an address"),
    phrase("it did not answer in time"),
    phrase("its answer cannot be read"),
    phrase("it was left alone: its quota is used up, or it failed several times"),
    phrase("it is out of reach, or does not work"),
    phrase("%(failure)s (%(code)s)"),
    phrase("it has no key: set %(variable)s"),
    phrase("the place lies outside the city"),
    phrase("the service knows number %(numbers)s"),
    phrase("the service knows %(count)s such places"),
    phrase("it lies %(far)s km beyond %(area)s"),
    phrase("the datum of the service is not known in mainland China"),
    phrase("%(file)s is not UTF-8 (line %(line)s): save it as UTF-8"),
    phrase("%(file)s is no TOML: %(error)s"),
    phrase("there is no service %(service)s; there are %(services)s"),
    phrase("%(service)s is a server of your own: name its url below [%(same)s]"),
    phrase("others can read the keys in %(file)s: chmod 600 %(same)s"),
    phrase('%(file)s is no TOML: write lines such as amap = "…"'),
)
