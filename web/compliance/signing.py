"""One page with every doubtful value of a profile, and one button to sign them."""

from __future__ import annotations

from flask import flash, g, redirect, request, url_for

from data.access import Role
from scheduler.compliance import sign_profile
from scheduler.signing import digest_of, is_signed
from web.auth.access import current_user, needs
from web.compliance.room import Answer, compliance, only_for_the_whole_city, page
from web.context import wired
from web.language import t
from web.settings_pages.rules import lines_of


@compliance.get("/<city>/compliance/signing")
@needs(Role.COMPLIANCE)
def signing(city: str) -> str:
    """Show the values of the city's profile that need a signature, and who signed."""
    return shown(city)


@compliance.post("/<city>/compliance/signing")
@needs(Role.COMPLIANCE)
def sign(city: str) -> Answer:
    """Sign the values that were shown, once the officer says that she has read them."""
    only_for_the_whole_city()
    if request.form.get("read") != "yes":
        return shown(city, t("Nothing was signed: say that you have read every value.")), 400
    profile, digest = g.city.profile, request.form.get("digest", "")
    sign_profile(wired().ports, city, profile, digest, current_user.name)
    flash(t("The rules %(profile)s are signed for %(city)s.", profile=profile, city=city))
    return redirect(url_for("compliance.signing", city=city))


def shown(city: str, problem: str = "") -> str:
    """Return the page, with what kept the signature from being given."""
    rules = wired().ports.profiles.rules(g.city.profile)
    signatures = wired().store.signatures(city)
    hers = [one for one in signatures if one.profile == rules.profile]
    lines = [line for part in lines_of(rules) for line in part if line.fact.needs_signature]
    return page(
        "signing",
        "signing",
        rules=rules,
        lines=lines,
        digest=digest_of(rules),
        is_signed=is_signed(rules, [one.digest for one in hers]),
        signatures=hers[::-1],
        may_sign=current_user.can(Role.COMPLIANCE, city, ""),
        problem=problem,
    )
