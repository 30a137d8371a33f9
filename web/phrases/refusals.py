"""Why something asked for is not done, and what to do first."""

from __future__ import annotations

from web.phrases.phrase import phrase

REFUSALS = (
    phrase(
        "this home holds made-up data and takes no real list: make a home of your own with "
        "`dayround init`, and import there"
    ),
    phrase("%(name)s cannot name a city: take letters, digits, spaces, - and _, at most 60"),
    phrase(
        "%(name)s cannot be kept in %(folder)s: %(why)s. What was there stays; make room, and add "
        "the city again"
    ),
    phrase(
        "%(city)s has no %(what)s: dayround city add %(name)s FILE with an .osm or .osm.pbf "
        "extract makes it"
    ),
    phrase(
        "there are no rules for profile %(profile)s, and nothing is planned without; known: "
        "%(profiles)s"
    ),
    phrase("%(file)s holds no road for mode %(mode)s"),
    phrase(
        "%(place)s lies %(metres)s m from %(street)s, which is cut off from the other roads "
        "for mode %(mode)s; those are %(far)s m away. The connectivity report of the extract "
        "tells why"
    ),
    phrase(
        "%(place)s lies %(metres)s m from the nearest road for mode %(mode)s, farther than "
        "%(most)s m: check its coordinates, or whether the extract reaches it"
    ),
    phrase("a road without a name"),
    phrase(
        "%(file)s has the format %(found)s, expected %(wanted)s: read the city's extract again by "
        "`dayround city add`"
    ),
    phrase("%(file)s holds no whole road network (%(error)s): build it again from the extract"),
    phrase("a pin needs the name of the compound or lane that it places"),
    phrase("the gazetteer of %(city)s has no place %(id)s: look at its list"),
    phrase(
        "the lender's own places cannot be written into %(folder)s: %(why)s. Make room there; they "
        "are kept in the book, and are looked for again next time"
    ),
    phrase("there is no gazetteer at %(file)s; build it from the city's extract"),
    phrase("%(file)s is no whole gazetteer of this version; build it again from the extract"),
    phrase("%(city)s has no open cases: import some first"),
    phrase(
        "no day is worked of the %(days)s from %(first)s on: give more days, another first day, or "
        "have days off worked"
    ),
    phrase("nobody is on shift in %(city)s on %(date)s: import shifts first"),
    phrase("crews %(crews)s no longer fit the shifts of %(date)s: form the crews again"),
    phrase("%(city)s has no open case %(case)s"),
    phrase("there is no home at %(folder)s: make one by `dayround init`"),
    phrase("there is no user %(name)s: dayround user list shows them"),
    phrase("%(where)s would have no administrator left: name another one first"),
    phrase("the book"),
    phrase("there is no city %(city)s; there are: %(cities)s"),
    phrase(
        "version %(version)s of %(city)s on %(date)s is a draft, and only a published day is "
        "exported: publish it first"
    ),
    phrase("too many failed log-ins: try again in %(seconds)s seconds"),
    phrase("the role %(role)s is granted in a city: name it"),
    phrase("the role %(role)s is no collector's: name no collector with it"),
    phrase("%(city)s has no agency %(agency)s; there are: %(agencies)s"),
    phrase("name which of %(city)s's collectors this user is, by the id"),
    phrase("%(city)s has no collector %(collector)s"),
    phrase("plan is under way already: wait for it, or stop it"),
    phrase("crews is under way already: wait for it, or stop it"),
    phrase("remedies is under way already: wait for it, or stop it"),
    phrase("preview is under way already: wait for it, or stop it"),
    phrase("geocode is under way already: wait for it, or stop it"),
    phrase("simulate is under way already: wait for it, or stop it"),
    phrase("there is no job %(job)s"),
    phrase("job %(job)s is not %(holder)s's any more"),
    phrase("%(count)s times the process that worked on it was gone"),
    phrase("the name or the secret is wrong"),
    phrase("%(who)s has decided about %(address)s meanwhile: look, then decide anew"),
    phrase("the decision about %(address)s was undone meanwhile: decide anew"),
    phrase("a place without an address cannot be decided about by its text"),
    phrase("%(city)s has no decision %(id)s about an address"),
    phrase("%(city)s has no place %(place)s"),
    phrase("another mark has the key %(key)s: send it with a new key"),
    phrase("another outcome has the key %(key)s: send it with a new key"),
    phrase("borrower %(borrower)s has no place %(place)s in %(city)s"),
    phrase("there is no collector %(collectors)s in %(city)s: import her first"),
    phrase("version %(version)s of %(city)s on %(date)s"),
    phrase("%(plan)s is %(state)s, not a draft: make a new plan"),
    phrase("published"),
    phrase("superseded"),
    phrase(
        "%(plan)s is older than version %(version)s, which is published already: make a new plan"
    ),
    phrase("there is no plan %(plan)s"),
    phrase("there is no plan of %(city)s on %(date)s yet: make one first"),
    phrase("%(city)s on %(date)s has no version %(version)s; there are: %(versions)s"),
    phrase("%(name)s is no name for a token: take letters, digits, . @ + - _"),
    phrase("there is a token %(name)s already: revoke it first"),
    phrase("there is no token %(name)s: dayround token list shows them"),
    phrase("%(name)s is no user name: take letters, digits and . @ + - _"),
    phrase("there is a user %(name)s already: choose another name"),
    phrase("%(name)s is disabled: enable the user first"),
    phrase("%(format)s leads to doors, and you see streets alone: take csv, xlsx or ics"),
    phrase("%(plan)s sends nobody whom you may see"),
    phrase("%(plan)s does not send %(collector)s: check the id"),
    phrase("there is no format %(format)s; take one of %(formats)s"),
    phrase("%(name)s has no role in %(city)s that shows a day: an administrator can grant one"),
    phrase("%(name)s is the collector %(collector)s in %(city)s, and exports her own day alone"),
    phrase("what a %(role)s exports tells nobody's name: ask for it masked"),
    phrase("%(file)s cannot be read: %(error)s"),
    phrase("times %(newest)s were decided after times %(id)s: take those back first"),
    phrase("%(city)s has no decision %(id)s about its times"),
)
