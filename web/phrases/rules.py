"""Why a borrower, a place or an hour is not allowed."""

from __future__ import annotations

from web.phrases.phrase import phrase

RULES = (
    phrase("stopped: %(flags)s"),
    phrase("visited on %(date)s, %(days)s day away; the least is %(least)s"),
    phrase("visited on %(date)s, %(days)s days away; the least is %(least)s"),
    phrase("%(count)s visit already in %(days)s days around %(date)s; %(most)s allowed"),
    phrase("%(count)s visits already in %(days)s days around %(date)s; %(most)s allowed"),
    phrase("the workplace was not named by the borrower, and home has not failed"),
    phrase("the %(kind)s address is not valid"),
    phrase("one collector comes, and at least %(least)s are needed"),
    phrase("%(count)s collectors come, and at least %(least)s are needed"),
    phrase("%(date)s is kept free: the Spring Festival begins on %(first)s"),
    phrase(
        "no visit of %(minutes)s min fits both her hours (%(hers)s) and the lawful ones: %(hours)s"
    ),
    phrase("no visit of %(minutes)s min fits the lawful hours: %(hours)s"),
    phrase("none today"),
    phrase("an appointment is booked for %(date)s"),
    phrase("a promise to pay is open until %(date)s"),
    phrase("no address is known"),
    phrase("every address is marked as not valid"),
    phrase("the %(kind)s address was not found: correct it, or give its position"),
    phrase("the %(kind)s address was found to its %(precision)s only: check it"),
    phrase("the %(kind)s address may not be where it was found: check it"),
    phrase("not among the %(most)s visits worth most today"),
    phrase("planned, and refused by now: %(why)s"),
    phrase("planned, and has no open case by now"),
    phrase("district"),
    phrase("%(span)s is not inside %(whose)s of %(day)s: %(hours)s"),
    phrase("lawful hours"),
    phrase("the house's hours"),
    phrase("the visit ends at %(time)s, less than %(minutes)s min before closing"),
    phrase("%(what)s [%(seen)s: %(source)s]"),
    phrase("its place is not in the book"),
    phrase("plan the day again"),
)

DAYS = (
    phrase("%(date)s (%(notes)s)"),
    phrase("working"),
    phrase("weekend"),
    phrase("holiday"),
    phrase("make-up"),
    phrase("provisional"),
    phrase("the year's make-up days are not announced"),
    phrase("New Year's Day"),
    phrase("Spring Festival"),
    phrase("Tomb-sweeping Day"),
    phrase("Labour Day"),
    phrase("Dragon Boat Festival"),
    phrase("Mid-autumn Festival"),
    phrase("National Day"),
)
"""A day with its kind and the holiday's name; last, for much stands before brackets."""
