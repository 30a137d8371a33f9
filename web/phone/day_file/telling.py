"""The file itself: `GET /my/DAY/day.json`, asked again when something has changed."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Response, jsonify, request
from flask_wtf.csrf import generate_csrf

from data.access import Role
from data.day_codes import ROUNDS, DayCode
from data.masking import masked
from data.navigators import allowed
from data.store.field.phones import on_the_way
from data.store.rounds import RoundStop
from routing.navigation import NAVIGATORS
from scheduler.ports import MarkKind
from web.auth.access import needs
from web.context import now, wired
from web.files import compressed, packed
from web.language import html_lang, t
from web.phone.changes import Changes, unseen_changes
from web.phone.day_file.doors import Doors
from web.phone.day_file.forms import forms
from web.phone.day_file.ground import told_map
from web.phone.day_file.kept import DayFile, kept_or_made
from web.phone.day_file.route import route, way_of
from web.phone.day_file.stops import Stops, seconds
from web.phone.days import coming_day
from web.phone.duties import duties_of, identity_told, recording_told
from web.phone.room import MyDay, first, my_day, needed_day, phone

FORMAT = 1
OF_THE_DAY = ("phone.todays_file", "phone.day_file")
"""The endpoints that tell a phone its day."""


@phone.get("/my/day.json")
@needs(Role.COLLECTOR)
def todays_file() -> Response:
    """Return today as one file; 404 with what comes where no plan has her."""
    file = kept_or_made(None, lambda: made(my_day()))
    if file is not None:
        return filed(file)
    coming, is_taken_back = coming_day()
    return of_status(jsonify(coming=coming, is_taken_back=is_taken_back), HTTPStatus.NOT_FOUND)


@phone.get("/my/<day:on>/day.json")
@needs(Role.COLLECTOR)
def day_file(on: date) -> Response:
    """Return her day as one file."""
    file = kept_or_made(on, lambda: made(needed_day(on)))
    assert file is not None, "a day that is needed is there"
    return filed(file)


def made(day: MyDay | None) -> tuple[MyDay, DayFile] | None:
    """Return a day and its file."""
    if day is None:
        return None
    text = json.dumps(day_of(day), ensure_ascii=False, separators=(",", ":"))
    etag = hashlib.sha256(text.encode()).hexdigest()[:20]
    return day, DayFile(compressed(text.encode()), etag, day.closes_at)


def filed(file: DayFile) -> Response:
    """Return a day as one file, 304 where the phone has it as it is; 410 once its shift is over."""
    if now() >= file.closes_at:
        return of_status(jsonify(closed=seconds(file.closes_at)), HTTPStatus.GONE)
    answer = packed(file.content)
    answer.headers["X-Form-Token"] = generate_csrf()
    answer.set_etag(file.etag, weak=True)
    answer.make_conditional(request)
    return answer


def of_status(answer: Response, status: HTTPStatus) -> Response:
    """Return an answer with another status than that of one that was found."""
    answer.status_code = status
    return answer


@phone.after_request
def tell_time(answer: Response) -> Response:
    """Tell the server's time beside the day: within the file it would change it.

    Also who is not let in is told it: her phone forgets the day when that is over.
    """
    if request.endpoint in OF_THE_DAY:
        answer.headers["X-Now"] = str(now().timestamp())
    return answer


def day_of(day: MyDay) -> dict[str, Any]:
    """Return all that a phone needs until the evening."""
    round_, city = day.round, day.city
    ids = sorted({one.borrower.id for one in round_.visits if one.borrower})
    facts = wired().store.day_of(city.name, day.on, ids)
    doors = Doors(day, facts)
    stops = Stops(day, facts, doors).told()
    way = way_of(day)
    return {
        "format": FORMAT,
        "language": html_lang(),
        "city": city.name,
        "zone": city.zone,
        "currency": city.currency,
        "on": day.on.isoformat(),
        "plan": {"id": round_.plan_id, "version": round_.version, "current": round_.is_current},
        "crew": {"id": round_.crew.id, "names": list(round_.names), "mates": day.mates},
        "me": day.collector_id,
        **codes(day),
        "shift": seconds(round_.crew.window.start),
        "starts": seconds(round_.starts_at),
        "ends": seconds(round_.ends_at),
        "closes": seconds(day.closes_at),
        "service_s": int(city.service.total_seconds()),
        "begun": day.has_begun,
        "told": told_on_the_way(day),
        "changes": told_changes(unseen_changes(day)),
        "stops": stops,
        "reasons": doors.reasons,
        "duties": [
            {"text": t(one.text), "source": one.source, "is_law": one.is_law}
            for one in duties_of(day)
        ],
        "recording": recording_told(day),
        "identity": identity_told(day),
        "forms": forms(),
        "route": route(day, way),
        "map": told_map(day, way),
        "navigators": navigators(day),
        "tells_position": city.learns_doors,
        "desk_phone": city.desk_phone,
        "sealing": {
            "kid": wired().sealing.id,
            "key": base64.b64encode(wired().sealing.public).decode(),
        },
    }


def told_on_the_way(day: MyDay) -> dict[str, Any]:
    """Return what the crew told beside its visits, so that a phone wiped meanwhile knows it, too.

    `begun` is when, `late` what it said last of being late, `break` her own last break.
    """
    round_, marks = day.round, [one for one in day.progress.marks if not one.visit_id]
    asked = (day.city.name, day.on, round_.crew.members, day.collector_id)
    told = on_the_way(wired().store.engine, *asked)
    late, rest_at = told.late, told.rest_at
    return {
        "begun": seconds(first(marks, MarkKind.BEGIN)),
        "late": late and {"at": seconds(late.at), "minutes": late.by.total_seconds() / 60},
        "break": rest_at and {"at": seconds(rest_at), "is_on": told.is_resting},
    }


def navigators(day: MyDay) -> list[list[str]]:
    """Return code and title of the navigators that she may open; none where none is allowed."""
    use = allowed(wired().cities.path(day.city.name))
    return [[code, NAVIGATORS[code].title] for code in use]


def codes(day: MyDay) -> dict[str, Any]:
    """Return her own code of the day, and by what the phone knows those of her mates.

    One who goes alone has neither.
    """
    crew, city = day.round.crew, day.city.name
    if len(crew.members) < 2:
        return {"code": None, "mates": []}
    return {
        "code": wired().day_code(city, day.on, day.collector_id).code,
        "mates": [
            mate(id, day.crew_names[id], wired().day_code(city, day.on, id))
            for id in crew.members
            if id != day.collector_id
        ],
    }


def mate(id: str, name: str, code: DayCode) -> dict[str, Any]:
    """Return what a phone has of another member of the crew; her code is not among it."""
    salt = base64.b64encode(code.salt).decode()
    return {"id": id, "name": name, "salt": salt, "rounds": ROUNDS, "check": code.check}


def told_changes(changes: Changes) -> dict[str, Any] | None:
    """Return what she has not accepted yet, by visits; None where she knows the plan."""
    if not changes:
        return None
    return {
        "new": [one.id for one in changes.new],
        "gone": [gone(one) for one in changes.gone],
        "moved": [[new.id, seconds(old.starts_at)] for old, new in changes.moved],
        "mates": changes.has_other_mates,
    }


def gone(visit: RoundStop) -> dict[str, Any]:
    """Return a visit that is no more in the plan, as it stood there."""
    who = masked(visit.borrower.name) if visit.borrower else ""
    return {"id": visit.id, "name": who, "start": seconds(visit.starts_at)}
