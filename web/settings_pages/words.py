"""What the settings call things: rules, stops, kinds of days, events."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scheduler.model import OwnerPolicy
from web.auth.roles import ROLE_NAMES
from web.event_words import EVENT_KINDS as EVENT_KINDS
from web.language import LANGUAGES, lazy_t, tn

ROLE_WORDS = {str(role): name for role, name in ROLE_NAMES.items()}
OWNER_POLICIES = {
    OwnerPolicy.FIXED: lazy_t("fixed: only a crew with the owner in it"),
    OwnerPolicy.PREFERRED: lazy_t("preferred: another crew at a price"),
    OwnerPolicy.IGNORED: lazy_t("ignored: any crew"),
}
PROFILE_TITLES = {
    "CN": lazy_t("China"),
    "US": lazy_t("United States, federal"),
    "US-MA": lazy_t("Massachusetts"),
    "IN": lazy_t("India"),
    "UK": lazy_t("United Kingdom"),
    "ID": lazy_t("Indonesia"),
    "PH": lazy_t("Philippines"),
    "TH": lazy_t("Thailand"),
    "VN": lazy_t("Vietnam"),
    "KR": lazy_t("South Korea"),
    "JP": lazy_t("Japan"),
    "TW": lazy_t("Taiwan"),
    "CO": lazy_t("Colombia"),
}

RULE_TITLES = {
    "hours": lazy_t("Lawful hours for the whole visit"),
    "house_hours": lazy_t("Hours that the house allows itself"),
    "closing_margin_min": lazy_t("A visit is planned to end this long before the hours do"),
    "spring_festival": lazy_t("No visits around the Spring Festival (its eve is day 0)"),
    "crew_size": lazy_t("Collectors who act together on a visit"),
    "stops": lazy_t("The law forbids a visit while one of these stops stands"),
    "house_stops": lazy_t("The house makes no visit while one of these stops stands"),
    "days_between_visits": lazy_t("From one visit to the next"),
    "visits_in_7_days": lazy_t("Visits to a borrower in any 7 days"),
    "visits_in_30_days": lazy_t("Visits to a borrower in any 30 days"),
    "valid_place": lazy_t("No visit to an address that is known to be wrong"),
    "workplace": lazy_t("Workplace only if one of these named it, or after home has failed"),
    "contact_first": lazy_t("No visit before a contact"),
    "contacts_a_day": lazy_t("Contacts a day by all channels, visits among them"),
    "contacts_in_7_days": lazy_t("Contacts in any 7 days by all channels, visits among them"),
    "workplace_on_request": lazy_t("Workplace only where the borrower has asked for it"),
    "place_kinds": lazy_t("Visits only at these places"),
    "place_order": lazy_t("Places are tried in this order"),
    "third_persons": lazy_t(
        "A third person's address (one of these sources) only where she is lost"
    ),
    "product_bound": lazy_t("Visits only for these products, with a signed authorisation"),
    "blocked_hours": lazy_t("No visit in hours that the borrower has blocked"),
    "blocked_places": lazy_t("No visit where the borrower does not want any"),
    "employer_forbids": lazy_t("No visit at work where the employer forbids it"),
    "pauses": lazy_t("No visit while one of these pauses holds"),
}
CALL_TITLES = {
    "call_hours": lazy_t("Hours of calls and messages"),
    "dials_a_day": lazy_t("Dial attempts a day to a contact that does not answer"),
    "effective_calls_a_day": lazy_t("Calls a day in which the debtor was talked to"),
    "third_person_calls": lazy_t("Third persons are contacted only where the debtor is lost"),
    "unwanted_channels": lazy_t("No contact by a channel that the borrower does not want"),
}
KEEPING_TITLES = {
    "photo_days": lazy_t("Photographs of visits"),
    "voice_days": lazy_t("Voice notes of visits"),
    "signature_days": lazy_t("Signatures on glass"),
}
PLACES = {
    "choice": lazy_t("the place of her choice"),
    "home": lazy_t("home"),
    "work": lazy_t("work"),
    "other": lazy_t("another place"),
}
"""What the order of places names."""

COUNTS: Mapping[str, Callable[[int], str]] = {
    "closing_margin_min": lambda n: tn("%(num)d minute", "%(num)d minutes", n),
    "crew_size": lambda n: tn("at least %(num)d collector", "at least %(num)d collectors", n),
    "days_between_visits": lambda n: tn("at least %(num)d day", "at least %(num)d days", n),
    **dict.fromkeys(KEEPING_TITLES, lambda n: tn("%(num)d day", "%(num)d days", n)),
}
"""How a rule that is a number says it."""

SEEN = {
    "P": lazy_t("official text"),
    "S": lazy_t("secondary source"),
    "M": lazy_t("from memory, unverified"),
    "D": lazy_t("house default"),
}
LAYERS = {
    "country": lazy_t("country"),
    "region": lazy_t("region"),
    "house": lazy_t("house"),
}
"""Whose word a value is."""

HOUSE_SOURCES = (
    lazy_t("house default"),
    lazy_t("house default: no visits from the eve to day 3"),
    lazy_t("house default: a stopped case or borrower is not visited"),
    lazy_t("house default: only when declared by the borrower or after home has failed"),
    lazy_t("house default: contact by phone or message before a visit, or tries on three days"),
    lazy_t("house default: what she asks is honoured"),
    lazy_t("house default: what an employer forbids is honoured"),
    lazy_t("house default: no visit while a pause holds"),
    lazy_t("house default: a third person is visited only where the borrower is lost"),
    lazy_t("house default: the exception past 15 days overdue is not used"),
    lazy_t(
        "house default: as long as records of consumer finance companies are kept, at least 5 years"
        " (消费金融公司管理办法 2024)"
    ),
)
"""The profiles' own words for the house's values; what the law's sources say stays as it is."""

DUTIES = (
    lazy_t("Show your identity and the lender's authorisation."),
    lazy_t("Ask for consent before you enter a private home."),
    lazy_t("Never collect from third persons, and disclose nothing to them."),
    lazy_t("Post no notice in a public place."),
    lazy_t("Record the visit, sound or picture."),
    lazy_t("Let payment be made through designated channels only."),
    lazy_t("Stay outside unless you are invited in."),
    lazy_t("Give notice of the visit, and say its purpose."),
    lazy_t("Leave when you are asked to."),
    lazy_t("Wear your badge."),
    lazy_t("Record the whole visit."),
    lazy_t("Enter no home without consent."),
    lazy_t("Take no cash."),
)
"""What profiles tell collectors to do; a lender's own words stay as they are."""

KINDS_OF_DAY = {
    "working": lazy_t("working days"),
    "weekend": lazy_t("weekends"),
    "holiday": lazy_t("holidays"),
    "monday": lazy_t("Mondays"),
    "tuesday": lazy_t("Tuesdays"),
    "wednesday": lazy_t("Wednesdays"),
    "thursday": lazy_t("Thursdays"),
    "friday": lazy_t("Fridays"),
    "saturday": lazy_t("Saturdays"),
    "sunday": lazy_t("Sundays"),
}

EVENT_GROUPS = {
    "user": lazy_t("People and log-ins"),
    "city": lazy_t("Settings of cities"),
    "plan": lazy_t("Plans"),
    "case": lazy_t("Cases"),
    "borrower": lazy_t("Names and sums looked at"),
    "visit": lazy_t("Visits"),
    "attachment": lazy_t("Photographs, voice notes and signatures"),
    "link": lazy_t("Links for phones"),
    "contact": lazy_t("Contacts"),
    "payment": lazy_t("Payments"),
    "collector": lazy_t("Collectors"),
    "address": lazy_t("Addresses decided"),
    "gazetteer": lazy_t("The gazetteer of your own"),
    "file": lazy_t("Imports"),
    "job": lazy_t("Long work"),
    "pause": lazy_t("Pauses"),
    "wish": lazy_t("Wishes"),
    "consent": lazy_t("Consents"),
}
EVENT_FIELDS = {
    "grants": lazy_t("roles"),
    "until": lazy_t("holds until"),
    "names": lazy_t("for the addresses"),
    "language": lazy_t("language"),
    "theme": lazy_t("colours"),
    "address": lazy_t("from"),
    "use": lazy_t("map services that addresses may go to"),
    "called": lazy_t("what they call the city"),
    "navigators": lazy_t("navigators that may be told where a door is"),
    "secured": lazy_t("secured products"),
    "unsecured": lazy_t("products that are not secured"),
    "profile": lazy_t("contact rules"),
    "zone": lazy_t("time zone"),
    "currency": lazy_t("currency"),
    "owner_policy": lazy_t("owner"),
    "owner_change_price": lazy_t("price of another crew"),
    "service": lazy_t("length of a visit"),
    "travel_price_per_hour": lazy_t("price of an hour on the road"),
    "overtime_price_per_hour": lazy_t("price of an hour of overtime"),
    "max_days_as_pair": lazy_t("days as the same pair"),
    "calendar_details": lazy_t("calendars tell name, door and sum"),
    "learns_doors": lazy_t("phones tell where they stand"),
    "is_gate_strict": lazy_t("no visit in a book without contacts"),
    "learns_availability": lazy_t("when somebody is met is learned"),
    "balance_days": lazy_t("days after which balances are old"),
    "recording": lazy_t("recording of the visit"),
    "desk_phone": lazy_t("telephone of the desk"),
    "arrive_within_min": lazy_t("minutes until a crew is asked after"),
    "leave_within_min": lazy_t("minutes until a crew at a door is asked after"),
    "format": lazy_t("format"),
    "rows": lazy_t("stops exported"),
    "cancelled": lazy_t("stops cancelled"),
    "masking": lazy_t("masked"),
    "collector": lazy_t("collector"),
    "name": lazy_t("name"),
    "at": lazy_t("time"),
    "on": lazy_t("day"),
    "crew": lazy_t("who went"),
    "kind": lazy_t("kind"),
    "key": lazy_t("key of the press"),
    "plan_id": lazy_t("plan"),
    "visit_id": lazy_t("visit"),
    "borrower": lazy_t("borrower"),
    "case": lazy_t("case"),
    "state": lazy_t("state"),
    "note": lazy_t("note"),
    "visits": lazy_t("visits planned"),
    "left_out": lazy_t("left out"),
    "engine": lazy_t("search method"),
    "seconds": lazy_t("seconds of search"),
    "rules_version": lazy_t("version of the rules"),
    "failures": lazy_t("failed tries"),
    "by": lazy_t("counted by"),
    "agency": lazy_t("agency"),
    "legs": lazy_t("legs learned from"),
    "paces": lazy_t("paces"),
    "service_s": lazy_t("length of a visit, in seconds"),
    "new": lazy_t("new"),
    "changed": lazy_t("changed"),
    "unchanged": lazy_t("unchanged"),
    "gone": lazy_t("gone"),
}
EVENT_VALUES: Mapping[str, Mapping[str, object]] = {
    "masking": {
        "full": lazy_t("not at all: names and sums in full"),
        "masked": lazy_t("names and sums"),
        "street": lazy_t("all but number and street"),
    },
    "state": {
        "draft": lazy_t("draft"),
        "published": lazy_t("published"),
        "superseded": lazy_t("superseded"),
        "withdrawn": lazy_t("taken back"),
    },
    "theme": {
        "system": lazy_t("as the device"),
        "light": lazy_t("light"),
        "dark": lazy_t("dark"),
    },
    "language": LANGUAGES,
    "owner_policy": {str(policy): name for policy, name in OWNER_POLICIES.items()},
    "by": {"name": lazy_t("name"), "address": lazy_t("address of the machine")},
}
"""What values of a field are called; the others stand as they are."""
