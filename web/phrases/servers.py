"""Why a server of travel times gave none, and what to do."""

from __future__ import annotations

from web.phrases.phrase import phrase

SERVERS = (
    phrase("no travel times from %(server)s: it %(what)s"),
    phrase("gave no matrix within %(seconds)s s"),
    phrase("last, it %(what)s, and the next try would be too late"),
    phrase("%(what)s, tried %(count)s ×"),
    phrase("did not answer within %(seconds)s s"),
    phrase("did not answer in time"),
    phrase("refused the connection"),
    phrase("has a name that cannot be looked up"),
    phrase("shows a certificate that does not hold (%(error)s)"),
    phrase("does not speak TLS as it should"),
    phrase("broke off in the middle of its answer"),
    phrase("broke off, or does not speak HTTP"),
    phrase("broke off or is out of reach (%(error)s)"),
    phrase("answered %(answer)s"),
    phrase("answered %(answer)s, which leads elsewhere and is not followed"),
    phrase("answered %(answer)s without JSON"),
    phrase("see that it runs and is reachable"),
    phrase("try again later, or look into its log"),
    phrase("ask a faster server or fewer places"),
    phrase("name the final URL"),
    phrase("set a smaller block"),
    phrase("set a smaller block, or start osrm-routed with a larger --max-table-size"),
    phrase("set a smaller block, or raise its max_matrix_location_pairs"),
    phrase("raise max_matrix_distance in its configuration, or see whether a place lies far away"),
    phrase("is the URL right?"),
    phrase("is the URL that of %(server)s?"),
    phrase("is the URL that of an OSRM server, version 5 or later?"),
    phrase("it should speak version 1 of the API"),
    phrase("it should know annotations=duration,distance: OSRM 5.21 or later"),
    phrase("prepare its data with osrm-contract, or with osrm-partition and customize"),
    phrase("it should offer /sources_to_targets and /locate"),
    phrase("see that its /locate answers by the same roads"),
    phrase("it should be OSRM 5.21 or later"),
    phrase("it should be Valhalla 3 or later"),
    phrase(
        "no server tells times of public transport: give the collectors who ride another mode, or "
        "take travel.toml away, for the city's own roads know its stops"
    ),
    phrase("no server is named for mode %(mode)s, only for %(modes)s; name one"),
)
