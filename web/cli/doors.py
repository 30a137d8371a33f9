"""The command for doors that check-ins of visits have learned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from web.cli.common import (
    CityOption,
    JsonOption,
    Open,
    answer,
    answer_list,
    fail,
    opened,
    say,
)

if TYPE_CHECKING:
    from scheduler.doors import DoorReview, Proposal

COLUMNS = ("place", "whose", "moved_m", "within_m", "visits", "people", "last", "access note")


def register(app: typer.Typer) -> None:
    app.command("doors", epilog="Example: [bold]dayround doors --accept B1:home:3f2a[/]")(doors)


def doors(
    context: typer.Context,
    city: CityOption = None,
    accept: Annotated[
        str | None, typer.Option("--accept", metavar="PLACE", help="Move a place to its door.")
    ] = None,
    turn_down: Annotated[
        str | None,
        typer.Option("--turn-down", metavar="PLACE", help="Not again, until visits differ."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List places whose door is elsewhere, as crews stood there; accept or turn down one."""
    from scheduler.doors import review_doors

    desk = opened(context, city)
    known = desk.wired.check_ins.doors(desk.city.name, desk.day("today"), None)
    review = review_doors(known)
    if accept:
        accept_door(desk, proposal_of(review, accept))
    elif turn_down:
        proposal = proposal_of(review, turn_down)
        with desk.wired.store.writing(desk.by()) as writer:
            writer.dismiss_door(desk.city.name, proposal.place_id, proposal.newest_at)
        answer(f"turned down; it comes back only if later visits tell something else: {turn_down}")
    else:
        tell(desk, review, as_json=as_json)


def proposal_of(review: DoorReview, place: str) -> Proposal:
    """Return what is proposed for a place."""
    proposal = review.of(place)
    if proposal is None:
        fail(f"nothing is proposed for place {place!r}; dayround doors lists what is")
    return proposal


def accept_door(desk: Open, proposal: Proposal) -> None:
    """Move a place, and all of its address."""
    id, city = proposal.place_id, desk.city.name
    decided = desk.wired.check_ins.places(city, [id], None)[id].decided
    with desk.wired.store.writing(desk.by()) as writer:
        writer.accept_door(city, proposal, known=decided.id if decided else None)
    answer(f"moved by {proposal.moved_m:.0f} m to its door: {id}")


def tell(desk: Open, review: DoorReview, *, as_json: bool) -> None:
    """Print the proposals, people masked."""
    from data.masking import masked

    if review.fault:
        say(f"[yellow]note:[/] {review.fault.why}")
    ids = [one.place_id for one in review.proposals]
    places = desk.wired.check_ins.places(desk.city.name, ids, None)
    rows = [
        (
            one.place_id,
            masked(places[one.place_id].borrower.name),
            round(one.moved_m),
            round(one.radius_m),
            len(one.visits),
            one.people,
            one.newest_at.astimezone(desk.zone).date(),
            places[one.place_id].place.access_note,
        )
        for one in review.proposals
    ]
    title = f"{len(rows):,} doors that are elsewhere than their place"
    answer_list(title, COLUMNS, rows, as_json=as_json)
