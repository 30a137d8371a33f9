"""Doors that check-ins have learned: proposed with what shows them, accepted or turned down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask import abort, flash, redirect, request, url_for

from data.access import Role
from data.store.check_ins import DoorPlace
from routing.geocoding import Precision
from routing.point import Point
from scheduler.doors import DoorReview, Proposal, review_doors
from web.auth.access import by, needs
from web.context import now, wired
from web.dispatch.door_sketch import Sketch, sketched
from web.dispatch.room import Answer, dispatch, page, seen_agencies, zone
from web.language import t

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class DoorCard:
    """A proposal as its page shows it."""

    proposal: Proposal
    door: DoorPlace
    sketch: Sketch

    @property
    def is_of_file(self) -> bool:
        """Whether the lender's file gave the coordinates that would give way."""
        return self.door.place.precision is Precision.CONFIRMED and self.door.decided is None

    @property
    def told(self) -> dict[str, object]:
        """What the map draws, in degrees."""
        place, proposal = self.door.place, self.proposal
        return {
            "present": degrees(place.point) if place.point else None,
            "door": degrees(proposal.point),
            "radius_m": round(proposal.radius_m),
            "visits": [degrees(one.stood) for one in proposal.visits],
            "others": [degrees(one.stood) for one in proposal.others],
        }


@dispatch.get("/<city>/<day:on>/places/doors")
@needs(Role.DISPATCHER)
def doors(city: str, on: date) -> str:
    """List what is proposed, the farthest first."""
    review = reviewed(city)
    number = max(1, request.args.get("page", 1, type=int))
    shown = review.proposals[(number - 1) * PER_PAGE : number * PER_PAGE]
    return page(
        "doors",
        on,
        cards=cards(city, shown),
        fault=review.fault,
        count=len(review.proposals),
        number=number,
        has_more=len(review.proposals) > number * PER_PAGE,
    )


@dispatch.post("/<city>/<day:on>/places/doors")
@needs(Role.DISPATCHER)
def decide_door(city: str, on: date) -> Answer:
    """Accept or turn down a proposal, as long as it is what the dispatcher has seen."""
    proposal = reviewed(city).of(request.form["place"])
    if proposal is None or proposal.newest_at.isoformat() != request.form["newest"]:
        flash(t("There is news of this door: look at it again."))
    else:
        decide(city, proposal)
    number = request.args.get("page", type=int)
    return redirect(url_for("dispatch.doors", city=city, on=on, page=number))


def decide(city: str, proposal: Proposal) -> None:
    """Do what was pressed."""
    act = request.form["act"]
    with wired().store.writing(by()) as writer:
        if act == "accept":
            known = request.form.get("known", type=int)
            writer.accept_door(city, proposal, known=known)
            flash(t("The place is moved to its door."))
        elif act == "turn_down":
            writer.dismiss_door(city, proposal.place_id, proposal.newest_at)
            flash(t("Turned down. It comes back only if later visits tell something else."))
        else:
            abort(400)


def reviewed(city: str) -> DoorReview:
    """Return what the check-ins until now propose."""
    present: datetime = now()
    known = wired().check_ins.doors(city, present.astimezone(zone()).date(), seen_agencies())
    return review_doors(known)


def cards(city: str, proposals: tuple[Proposal, ...]) -> list[DoorCard]:
    """Return proposals with their places."""
    ids = [one.place_id for one in proposals]
    places = wired().check_ins.places(city, ids, seen_agencies())
    found: list[DoorCard] = []
    for one in proposals:
        door = places.get(one.place_id)
        if door and door.place.point:
            found.append(DoorCard(one, door, sketched(door.place.point, one)))
    return found


def degrees(point: Point) -> list[float]:
    return [round(point.lat, 6), round(point.lon, 6)]
