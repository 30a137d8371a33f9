"""Help for a collector: what signs mean, what to do when, and what is recorded about her."""

from __future__ import annotations

from typing import Any

from flask import render_template

from data.access import Role
from data.store.field.devices import OUTLIVES
from scheduler.doors import LOOK_BACK
from web.auth.access import needs
from web.language import t
from web.phone.room import my_work, phone
from web.phone.visits import SHOWN_S


@phone.get("/my/help")
@needs(Role.COLLECTOR)
def help_page() -> str:
    """Show help on a page that needs no script."""
    return render_template("phone/help.html", help=help_told())


def help_told() -> dict[str, Any]:
    """Return the desks' telephone numbers, and the sections of help, each of short points."""
    desks = [
        {"city": city.name, "phone": city.desk_phone} for city, _ in my_work() if city.desk_phone
    ]
    sections = (
        (t("What the signs mean"), signs()),
        (t("Without a network"), offline()),
        (t("What to do when…"), troubles()),
        (t("What is recorded about you"), recorded()),
        (t("Who sees it, and how long"), seen()),
    )
    return {"desks": desks, "sections": [{"title": a, "points": b} for a, b in sections]}


def signs() -> list[str]:
    """Return what stands beside a visit, and in the head of the page."""
    return [
        t("Pair: two of you go in together. The visit begins once both are confirmed."),
        t("Daylight: go while it is light."),
        t("Dog: mind the dog."),
        t("Unfriendly before: an earlier visit was broken off. Call the desk if you are unsure."),
        t("✓ the visit has a result. × do not go: it says why. → is your next visit."),
        t("The number beside “waiting” counts what is on your phone and not yet at the desk."),
        t("Names and sums are hidden: a press shows them for %(seconds)d s.", seconds=SHOWN_S),
    ]


def offline() -> list[str]:
    """Return what works without a network, and what does not."""
    return [
        t("Your day, its forms and, once it was fetched, its map work until the shift ends."),
        t("Whatever you press is on the phone first. It is sent while this page is open."),
        t("The hours of each door are known on the phone: it says no where the desk would."),
        t("A new plan, a payment or a stop reaches you only with a network: look before a visit."),
        t("Inside WeChat, WeCom or DingTalk nothing works offline. Open the phone's browser."),
    ]


def troubles() -> list[str]:
    """Return what to do when something is not as it should be."""
    return [
        t("A door is closed by a rule: do not go in. Skip the visit or call the desk."),
        t("You feel unsafe: leave first, then press for help. The desk sees it at once."),
        t("The phone was off: open the page and type your PIN. It works without a network."),
        t("The PIN was wrong five times: what can be read is gone, what waits is not. Ask the desk "
          "for a new link."),
        t("The phone is lost: tell the desk at once. It ends the phone's access."),
        t("The clock is wrong: the page knows a better time and says so. Set the clock."),
        t("Two of you told otherwise of one visit: both stay, and a person at the desk decides."),
        t("You told something wrong: correct the result. The first one stays on record."),
        t("Storage is full or was cleared: send what waits now, then ask for a new link."),
    ]  # fmt: skip


def recorded() -> list[str]:
    """Return what is kept about her: the notice that she has a right to."""
    return [
        t("Each press with its time: day begun and ended, arrived, left, result, break, call."),
        t("Where you stand, at Arrive and Leave alone and only if you let the phone tell. Never in "
          "between: nobody follows you."),
        t("Which names and sums you have looked at, and which doors a rule has closed before you."),
        t("A press for help, and when the desk has seen it."),
        t("Photos, voice notes and signatures that you keep with a visit; nothing is recorded by "
          "itself."),
        t("No message, contact or photograph of your phone is read."),
    ]  # fmt: skip


def seen() -> list[str]:
    """Return who may see what is recorded about her, and when it is forgotten."""
    return [
        t("The desk of your agency sees your day as it runs: where you have been, not where you "
          "are."),
        t("Desk and compliance officer see how you work, money counting for at most half."),
        t("The planner sees sums of many, and nobody's name. Your colleagues see none of it."),
        t("Positions are forgotten after %(days)d days.", days=LOOK_BACK.days),
        t("What can be read on this phone is wiped after the shift. What waits to be sent is "
          "sealed for the server, and may be brought for %(days)d days more.", days=OUTLIVES.days),
        t("Results and the log of presses are kept as long as the law asks of visit records, five "
          "years in China."),
        t("You may ask the desk what is kept about you, and have it corrected."),
    ]  # fmt: skip
