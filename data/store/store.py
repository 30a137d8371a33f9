"""The store that the use cases know, on a SQL database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from data import database
from data.following import house_policy
from data.plain import to_plain
from data.profiles import TomlProfiles
from data.readers.tables import Understood
from data.store import (
    agencies,
    ahead,
    cases,
    cities,
    contacts,
    days,
    directives,
    doors,
    dossiers,
    events,
    grounds,
    outcomes,
    overrides,
    own_places,
    owners,
    payments,
    people,
    places,
    plan_edits,
    plans,
    policies,
    restraints,
    rule_overrides,
    scores,
    signatures,
    stand_ins,
    times,
    told,
)
from data.store.availability import KeptOdds
from data.store.balances import list_balances
from data.store.cities import local_day
from data.store.directives import Words
from data.store.events import Transaction
from data.store.field import attachments, inbox, presences
from data.store.field import records as field_records
from data.store.field import results as field_results
from data.store.follow_ups import end_task
from data.store.imports import batches, taking_back
from data.store.imports import columns as told_columns
from data.store.imports.scope import Scope
from data.store.imports.standing import KeptRow
from data.store.imports.trying import copy_for
from data.store.judging import judge
from data.store.marks import put_mark, take_back_arrival
from data.store.own import promises as own_promises
from data.store.pairs import put_pairs
from data.store.profile_rules import rules_of
from data.store.releasing import lift_stop
from data.store.suspensions import judge_anew
from routing.gazetteer.own_place import OwnPlace
from routing.geocoding import GeocodeResult
from routing.paces import Paces
from routing.point import Point
from scheduler.agencies import Agency
from scheduler.availability import Odds
from scheduler.availability.calibration import Calibration
from scheduler.availability.drifting import Drifting
from scheduler.contacts import Contact
from scheduler.day import Day
from scheduler.directives import Directive
from scheduler.doors import Proposal
from scheduler.editing.edits import Edit
from scheduler.editing.log import KeptEdit
from scheduler.field.attachments import AttachmentKind
from scheduler.field.company import Presence
from scheduler.field.records import RecordState
from scheduler.following import FollowPolicy
from scheduler.forecast import Learned, TimesDecision, paces_now
from scheduler.grounds import KeptGrounds, Stage
from scheduler.model import City, Collector, Crew, Pair, Place, Shift, StopFlag
from scheduler.overriding import AskedOverride
from scheduler.payments import Balance, Payment
from scheduler.policy import Policy
from scheduler.ports import (
    AddressOverride,
    Ahead,
    BookChange,
    By,
    CaseRecord,
    Event,
    Mark,
    NewEdit,
    NewPlan,
    Outcome,
    OwnRecord,
    PlanRecord,
    PolicyVersion,
    Profiles,
    Told,
)
from scheduler.promises import Promise
from scheduler.restraints import Consent, Pause, Wish
from scheduler.rules.book import refuse_unconsentable
from scheduler.scores import Score
from scheduler.signing import Signature
from scheduler.standing_in import Gift, Handing, StandIn


class SqlStore:
    """Fulfils `scheduler.ports.Store`."""

    def __init__(
        self,
        engine: Engine,
        policy: FollowPolicy | None = None,
        profiles: Profiles | None = None,
    ) -> None:
        self.engine = engine
        self.policy = policy or house_policy()
        self.profiles = profiles or TomlProfiles()
        self.kept_odds = KeptOdds()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def writing(self, by: By) -> Iterator[SqlWriter]:
        """Begin a writing transaction; it commits at the end, or nothing of it happened.

        At its end every planned visit that its events may matter to is judged anew, and what the
        visits of a plan that it added or published stand on is kept.
        """
        with database.writing(self.engine) as connection:
            transaction = Transaction(connection, by, policy=self.policy)
            yield SqlWriter(transaction, self.profiles)
            judge_anew(transaction, self.profiles)
            transaction.write_events()

    @contextmanager
    def trying(self, by: By, city: str, scope: Scope) -> Iterator[SqlWriter]:
        """Begin to take a list of a scope in on trial: nothing of it is kept, nobody waits."""
        with database.trying(self.engine) as connection:
            copy_for(connection, city, scope)
            yield SqlWriter(Transaction(connection, by, policy=self.policy), self.profiles)

    def cities(self) -> list[City]:
        with database.reading(self.engine) as connection:
            return cities.list_cities(connection)

    def city(self, name: str) -> City:
        with database.reading(self.engine) as connection:
            return cities.get_city(connection, name)

    def open_day(self, city: str, on: date) -> Day:
        with database.reading(self.engine) as connection:
            return self._with_odds(connection, days.open_day(connection, city, on))

    def _with_odds(self, connection: Connection, day: Day) -> Day:
        """Return a day with the odds that were learned before it."""
        rules = rules_of(self.profiles, day.city)
        return replace(day, odds=self.kept_odds.of(connection, day.city, day.on, rules))

    def odds(self, city: str, on: date) -> Odds:
        """Return how likely somebody is met on a day, by what was told before it."""
        with database.reading(self.engine) as connection:
            settings = cities.get_city(connection, city)
            rules = rules_of(self.profiles, settings)
            return self.kept_odds.of(connection, settings, on, rules)

    def calibration(self, city: str, on: date) -> Calibration | None:
        """Return how well learned odds held on the last days before one, if that can be said."""
        with database.reading(self.engine) as connection:
            settings = cities.get_city(connection, city)
            rules = rules_of(self.profiles, settings)
            return self.kept_odds.calibration(connection, settings, on, rules)

    def drifting(self, city: str, on: date) -> Drifting | None:
        """Return how odds held week after week before a day, None where nothing was told."""
        with database.reading(self.engine) as connection:
            settings = cities.get_city(connection, city)
            rules = rules_of(self.profiles, settings)
            return self.kept_odds.drifting(connection, settings, on, rules)

    def days_ahead(self, city: str, borrower_id: str, first: date, count: int) -> Ahead:
        with database.reading(self.engine) as connection:
            told = ahead.days_ahead(connection, city, borrower_id, first, count)
            with_odds = (
                replace(one, day=self._with_odds(connection, one.day)) for one in told.days
            )
            return replace(told, days=tuple(with_odds))

    def day_of(self, city: str, on: date, borrower_ids: Collection[str]) -> Day:
        with database.reading(self.engine) as connection:
            day = days.open_day(connection, city, on, sorted(borrower_ids))
            return self._with_odds(connection, day)

    def collectors(self, city: str) -> list[Collector]:
        with database.reading(self.engine) as connection:
            return people.list_collectors(connection, city)

    def recent_crews(self, city: str, before: date) -> list[tuple[date, tuple[str, ...]]]:
        with database.reading(self.engine) as connection:
            return people.recent_crews(connection, city, before)

    def compare_cases(
        self, city: str, records: Sequence[CaseRecord], *, known: frozenset[str]
    ) -> BookChange:
        with database.reading(self.engine) as connection:
            cities.get_city(connection, city)
            return cases.compare_cases(connection, city, records, known).change

    def borrowers_by_case(self, city: str) -> Mapping[str, str]:
        with database.reading(self.engine) as connection:
            return cases.borrowers_by_case(connection, city)

    def contacts(self, city: str, borrower_id: str, limit: int = 100) -> list[Contact]:
        with database.reading(self.engine) as connection:
            return contacts.list_contacts(connection, city, borrower_id, limit)

    def unplaced(self, city: str) -> list[Place]:
        with database.reading(self.engine) as connection:
            cities.get_city(connection, city)
            return places.list_unplaced(connection, city)

    def overrides(self, city: str) -> Mapping[str, AddressOverride]:
        with database.reading(self.engine) as connection:
            return overrides.in_force(connection, city)

    def unconfirmed(self, city: str) -> list[Place]:
        with database.reading(self.engine) as connection:
            cities.get_city(connection, city)
            return places.list_unconfirmed(connection, city)

    def own_places(self, city: str) -> list[OwnRecord]:
        with database.reading(self.engine) as connection:
            cities.get_city(connection, city)
            return own_places.list_own_places(connection, city)

    def compare_own_places(self, city: str, places: Sequence[OwnPlace], source: str) -> BookChange:
        with database.reading(self.engine) as connection:
            cities.get_city(connection, city)
            return own_places.compare_own_places(connection, city, places, source)

    def own_revision(self, city: str) -> str:
        """Return what is another as soon as `own_places` are others; '' where there are none."""
        with database.reading(self.engine) as connection:
            return own_places.revision(connection, city)

    def signatures(self, city: str) -> list[Signature]:
        with database.reading(self.engine) as connection:
            return signatures.list_signatures(connection, city)

    def times_decisions(self, city: str) -> list[TimesDecision]:
        """Return the decisions about which learned times plans keep, the oldest first."""
        with database.reading(self.engine) as connection:
            return times.list_decisions(connection, city)

    def has_times_key(self, city: str, key: str) -> bool:
        """Tell whether a press has decided about a city's times already."""
        with database.reading(self.engine) as connection:
            return times.of_key(connection, city, key) is not None

    def paces(self, city: str) -> Paces:
        """Return the paces that a city's plans keep by now."""
        with database.reading(self.engine) as connection:
            return paces_now(times.list_decisions(connection, city))

    def asked_override(self, city: str, id: int) -> AskedOverride:
        with database.reading(self.engine) as connection:
            return rule_overrides.get_override(connection, city, id)

    def plan(self, city: str, on: date, version: int | None = None) -> PlanRecord:
        with database.reading(self.engine) as connection:
            return plans.get_plan(connection, city, on, version)

    def restraints(
        self, city: str, borrower_id: str | None = None
    ) -> tuple[list[Pause], list[Wish], list[Consent]]:
        with database.reading(self.engine) as connection:
            cities.get_city(connection, city)
            return (
                restraints.standing(connection, Pause, city, borrower_id),
                restraints.standing(connection, Wish, city, borrower_id),
                restraints.standing(connection, Consent, city, borrower_id),
            )

    def directives(self, city: str, since: date | None = None) -> list[Directive]:
        """Return what dispatchers said that stands; with `since`, what matters from that day on."""
        with database.reading(self.engine) as connection:
            cities.get_city(connection, city)
            return directives.standing(connection, city, since=since)

    def stand_ins(self, city: str, on: date) -> list[StandIn]:
        with database.reading(self.engine) as connection:
            return stand_ins.standing(connection, city, on)

    def gifts(self, city: str, collector_id: str) -> list[Gift]:
        with database.reading(self.engine) as connection:
            return owners.gifts_of(connection, city, collector_id)

    def grounds(self, plan_id: int, borrower_id: str) -> list[KeptGrounds]:
        """Return what a plan's visit to a borrower stood on, as planned and as published."""
        with database.reading(self.engine) as connection:
            return grounds.of_visit(connection, plan_id, borrower_id)

    def plan_edits(self, plan_id: int, after: int = 0) -> list[KeptEdit]:
        with database.reading(self.engine) as connection:
            return plan_edits.list_edits(connection, plan_id, after)

    def plans(self, city: str, on: date) -> list[PlanRecord]:
        with database.reading(self.engine) as connection:
            return plans.list_plans(connection, city, on)

    def told(self, city: str, on: date) -> Told:
        with database.reading(self.engine) as connection:
            return told.told(connection, city, on)

    def policy_in_force(self, city: str, on: date) -> Policy:
        with database.reading(self.engine) as connection:
            cities.get_city(connection, city)
            return policies.in_force(connection, city, on)

    def policy_versions(self, city: str) -> list[PolicyVersion]:
        with database.reading(self.engine) as connection:
            cities.get_city(connection, city)
            return policies.list_versions(connection, city)

    def events(self, *, subject: str | None = None, limit: int = 100) -> list[Event]:
        with database.reading(self.engine) as connection:
            return events.list_events(connection, subject, limit)


class SqlWriter:
    """Fulfils `scheduler.ports.Writer`. Writers of one city wait for each other."""

    def __init__(self, transaction: Transaction, profiles: Profiles) -> None:
        self._tx = transaction
        self._profiles = profiles

    def _lock(self, city: str) -> City:
        return cities.locked_city(self._tx, city)

    def put_city(self, city: City) -> None:
        cities.put_city(self._tx, city)

    def put_cases(
        self, city: str, records: Sequence[CaseRecord], *, known: frozenset[str], complete: bool
    ) -> BookChange:
        settings = self._lock(city)
        change = cases.put_cases(self._tx, city, records, known, complete=complete)
        list_balances(self._tx, settings, records, known)
        contacts.add_listed(self._tx, city, records)
        return change

    def put_collectors(self, city: str, collectors: Sequence[Collector]) -> BookChange:
        return people.put_collectors(self._tx, self._lock(city), collectors)

    def put_shifts(self, city: str, shifts: Sequence[Shift]) -> BookChange:
        return people.put_shifts(self._tx, self._lock(city), shifts)

    def withdraw_shift(self, city: str, collector_id: str, on: date) -> None:
        self._lock(city)
        people.withdraw_shift(self._tx, city, collector_id, on)

    def put_pairs(self, city: str, pairs: Sequence[Pair]) -> BookChange:
        self._lock(city)
        return put_pairs(self._tx, city, pairs)

    def take_in(
        self,
        city: str,
        new: batches.NewImport,
        scope: Scope,
        put: Callable[[SqlWriter], BookChange],
    ) -> tuple[int, BookChange]:
        """Take a list in by `put`, kept so that it can be taken back; return its number.

        The change is empty where the key is known: the list was taken in before.
        """
        self._lock(city)
        return batches.take_in(self._tx, city, new, scope, lambda: put(self))

    def rows_of_import(self, id: int) -> list[KeptRow]:
        """Return the rows of the book that a list changed and that are not taken back."""
        return taking_back.kept_rows(self._tx.connection, id)

    def take_back_import(self, city: str, id: int) -> taking_back.TakeBack:
        """Take a list back as far as nothing stands on it; once it is back, nothing happens.

        Raises
        ------
        NotFoundError
            Where the city has no such list.
        """
        self._lock(city)
        return taking_back.take_back(self._tx, city, id)

    def remember_columns(
        self, city: str, kind: str, headers: Sequence[str], told: Understood
    ) -> None:
        """Remember how a person read the columns of a list, for the next with these headers."""
        self._lock(city)
        told_columns.remember(self._tx, city, kind, headers, told)

    def put_positions(self, city: str, found: Mapping[Place, GeocodeResult]) -> None:
        self._lock(city)
        holding = overrides.without_undone(self._tx.connection, city, found)
        places.put_positions(self._tx, city, holding)

    def put_override(
        self, city: str, address: str, point: Point, source: str, *, known: int | None = None
    ) -> AddressOverride:
        self._lock(city)
        return overrides.put_override(self._tx, city, address, point, source, known)

    def undo_override(self, city: str, id: int) -> AddressOverride:
        self._lock(city)
        return overrides.undo_override(self._tx, city, id)

    def accept_door(self, city: str, door: Proposal, *, known: int | None = None) -> None:
        self._lock(city)
        doors.accept_door(self._tx, city, door, known)

    def dismiss_door(self, city: str, place_id: str, seen_until: datetime) -> None:
        self._lock(city)
        doors.dismiss_door(self._tx, city, place_id, seen_until)

    def put_validity(self, city: str, id: str, *, is_valid: bool, reason: str = "") -> None:
        self._lock(city)
        places.put_validity(self._tx, city, id, is_valid=is_valid, reason=reason)

    def put_own_places(self, city: str, places: Sequence[OwnPlace], source: str) -> BookChange:
        self._lock(city)
        return own_places.put_own_places(self._tx, city, places, source)

    def put_pin(self, city: str, name: str, district: str, at: Point, radius_m: float) -> OwnRecord:
        self._lock(city)
        return own_places.put_pin(self._tx, city, name, district, at, radius_m)

    def remove_own_place(self, city: str, id: int) -> OwnRecord:
        self._lock(city)
        return own_places.remove_own_place(self._tx, city, id)

    def use_times(
        self, city: str, learned: Learned, days: tuple[date, date], key: str
    ) -> TimesDecision:
        """Let plans keep what was learned from some days; the same press again does nothing."""
        self._lock(city)
        return times.use_times(self._tx, city, learned, days, key)

    def take_back_times(self, city: str, id: int) -> TimesDecision:
        """Let the decision before this one hold again.

        Raises
        ------
        NotFoundError
            Where there is none of that number; ConflictError where a later one holds.
        """
        self._lock(city)
        return times.take_back_times(self._tx, city, id)

    def put_agency(self, city: str, agency: Agency) -> None:
        self._lock(city)
        agencies.put_agency(self._tx, city, agency)

    def put_stand_ins(self, city: str, on: date, told: Handing) -> list[StandIn]:
        self._lock(city)
        return stand_ins.put_stand_ins(self._tx, city, on, told)

    def end_stand_in(self, city: str, id: int) -> StandIn:
        self._lock(city)
        return stand_ins.end_stand_in(self._tx, city, id)

    def give_cases(self, city: str, told: Handing) -> list[Gift]:
        self._lock(city)
        return owners.give_cases(self._tx, city, told)

    def give_back(self, city: str, id: int) -> Gift:
        self._lock(city)
        return owners.give_back(self._tx, city, id)

    def entrust(self, city: str, told: agencies.Entrusting) -> int:
        self._lock(city)
        return agencies.entrust(self._tx, city, told)

    def sign_profile(
        self, city: str, profile: str, version: str, digest: str, rules: Sequence[str]
    ) -> None:
        self._lock(city)
        signatures.sign_profile(self._tx, city, profile, version, digest, rules)

    def put_pause(self, city: str, pause: Pause) -> Pause:
        self._lock(city)
        return restraints.put(self._tx, city, pause)

    def put_wish(self, city: str, wish: Wish) -> Wish:
        self._lock(city)
        return restraints.put(self._tx, city, wish)

    def put_consent(self, city: str, consent: Consent) -> Consent:
        rules = rules_of(self._profiles, self._lock(city))
        if rules is not None:
            refuse_unconsentable(rules, consent.rule)
        return restraints.put(self._tx, city, consent)

    def end_pause(self, city: str, id: int) -> Pause:
        self._lock(city)
        return restraints.end(self._tx, Pause, city, id)

    def end_wish(self, city: str, id: int) -> Wish:
        self._lock(city)
        return restraints.end(self._tx, Wish, city, id)

    def end_consent(self, city: str, id: int) -> Consent:
        self._lock(city)
        return restraints.end(self._tx, Consent, city, id)

    def put_directives(self, city: str, told: Words) -> list[Directive]:
        self._lock(city)
        return directives.put_directives(self._tx, city, told)

    def end_directives(self, city: str, ids: Iterable[int]) -> list[Directive]:
        self._lock(city)
        return directives.end_directives(self._tx, city, ids)

    def ask_override(
        self,
        city: str,
        borrower_id: str,
        rule: str,
        on: date,
        reason: str,
        key: str | None = None,
    ) -> AskedOverride:
        self._lock(city)
        return rule_overrides.ask_override(self._tx, city, borrower_id, rule, on, reason, key)

    def decide_override(
        self, city: str, id: int, *, is_allowed: bool, note: str = ""
    ) -> AskedOverride:
        self._lock(city)
        return rule_overrides.decide_override(self._tx, city, id, is_allowed=is_allowed, note=note)

    def withdraw_override(self, city: str, id: int) -> AskedOverride:
        self._lock(city)
        return rule_overrides.withdraw_override(self._tx, city, id)

    def put_crews(self, city: str, on: date, crews: Sequence[Crew]) -> None:
        self._lock(city)
        people.put_crews(self._tx, city, on, crews)

    def add_plan(
        self, new: NewPlan, based_on: int | None = None, job: int | None = None
    ) -> PlanRecord:
        self.judge_promises(new.city)
        added = plans.add_plan(self._tx, new, based_on, job)
        self._tx.planned.append((added, Stage.PLANNED))
        return added

    def revise_plan(self, plan_id: int, new: NewEdit) -> KeptEdit:
        return plan_edits.revise_plan(self._tx, plan_id, new)

    def lapse_edit(self, plan_id: int, edit: Edit, key: str, why: str) -> KeptEdit:
        return plan_edits.lapse_edit(self._tx, plan_id, edit, key, why)

    def copy_as_draft(self, plan_id: int) -> PlanRecord:
        copied, is_new = plan_edits.copy_as_draft(self._tx, plan_id)
        if is_new:
            self.judge_promises(copied.content.city)
            self._tx.planned.append((copied, Stage.PLANNED))
        return copied

    def publish(self, plan_id: int, note: str) -> PlanRecord:
        published = plans.publish(self._tx, plan_id, note)
        self._tx.planned.append((published, Stage.PUBLISHED))
        return published

    def withdraw(self, plan_id: int, reason: str) -> PlanRecord:
        return plans.withdraw(self._tx, plan_id, reason)

    def add_scores(self, city: str, told: Sequence[Score]) -> BookChange:
        self._lock(city)
        return scores.add_scores(self._tx, city, told)

    def put_policy(self, city: str, policy: Policy, valid_from: date, note: str) -> PolicyVersion:
        self._lock(city)
        return policies.put_policy(self._tx, city, policy, valid_from, note)

    def approve_policy(self, city: str, number: int) -> PolicyVersion:
        self._lock(city)
        return policies.approve_policy(self._tx, city, number)

    def record_outcome(self, city: str, outcome: Outcome) -> bool:
        self._lock(city)
        return outcomes.record_outcome(self._tx, city, outcome)

    def add_contacts(self, city: str, told: Sequence[Contact]) -> BookChange:
        self._lock(city)
        return contacts.add_contacts(self._tx, city, told)

    def newest_event(self, city: str) -> int:
        self._lock(city)
        return ahead.newest_event(self._tx.connection, city)

    def add_payments(
        self, city: str, told: Sequence[Payment], balances: Sequence[Balance] = ()
    ) -> BookChange:
        return payments.add_payments(self._tx, self._lock(city), told, balances)

    def judge_promises(self, city: str) -> list[Promise]:
        on = local_day(self._tx, city, self._tx.by.at)
        return judge(self._tx, city, dossiers.of_payments(self._tx.connection, city, on), on)

    def end_task(self, city: str, id: int) -> None:
        self._lock(city)
        end_task(self._tx, city, id)

    def lift_stop(self, city: str, borrower_id: str, flag: StopFlag, case_id: str = "") -> None:
        self._lock(city)
        lift_stop(self._tx, city, borrower_id, flag, case_id)

    def put_mark(self, city: str, mark: Mark) -> bool:
        self._lock(city)
        return put_mark(self._tx, city, mark)

    def take_back_arrival(self, city: str, key: str, visit_id: str, at: datetime) -> bool:
        """Forget an arrival that was pressed by mistake; answer whether there was one to forget."""
        self._lock(city)
        return take_back_arrival(self._tx, city, key, visit_id, at)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Do something wholly or not at all, in the middle of a transaction that goes on."""
        events, planned = len(self._tx.events), len(self._tx.planned)
        try:
            with self._tx.connection.begin_nested():
                yield
        except BaseException:
            del self._tx.events[events:], self._tx.planned[planned:]
            self._tx.cities.clear()  # what was locked or changed in between is so no more
            raise

    def take_in_records(self, city: str, keys: Collection[str]) -> frozenset[str]:
        """Lock what a phone brought for whoever takes it in; return which of it still waits."""
        self._lock(city)
        return inbox.take_in(self._tx, keys)

    def settle_records(self, made: Iterable[inbox.Settled]) -> None:
        """Keep what the book made of what a phone brought."""
        inbox.settle(self._tx, made)

    def attach(self, city: str, key: str, to: attachments.Whose, at: datetime) -> bool:
        """Say at whose door an attachment was; False, and it is gone, where there are too many."""
        self._lock(city)
        return attachments.attach(self._tx, city, key, to, at)

    def delete_attachment(self, city: str, key: str, reason: str) -> None:
        """Delete what an attachment holds; its line stays, with the reason."""
        self._lock(city)
        attachments.delete(self._tx, city, key, reason)

    def delete_older_attachments(self, city: str, what: AttachmentKind, before: datetime) -> int:
        """Delete what attachments of a kind hold that are older; return how many there were."""
        self._lock(city)
        return attachments.delete_older(self._tx, city, what, before)

    def record_to_decide(
        self, city: str, key: str, states: Collection[RecordState]
    ) -> field_records.KeptRecord:
        """Lock a record for who decides about it.

        Raises
        ------
        ConflictError
            Where it waits for nobody any more.
        """
        self._lock(city)
        return field_records.to_decide(self._tx, city, key, states)

    def decide_record(self, kept: field_records.KeptRecord, made: field_records.Decision) -> None:
        """Keep what a person decided about what a phone brought."""
        field_records.decide(self._tx, kept, made)

    def standing_result(self, city: str, borrower_id: str, on: date) -> Outcome | None:
        """Return what came of the visits to a borrower on a day, as it was told last."""
        zone = ZoneInfo(self._lock(city).zone)
        return field_results.standing_result(self._tx, city, borrower_id, on, zone)

    def result_behind(self, key: str) -> str:
        """Return the key of the result that a record stands for; '' of none."""
        return field_results.result_behind(self._tx, key)

    def told_at_leaving(self, device: str, visit_id: str) -> Mapping[str, Any]:
        """Return what a phone told when it left a visit; nothing where it told no leaving."""
        return field_results.told_at_leaving(self._tx, device, visit_id)

    def put_presence(self, city: str, on: date, told: Presence) -> bool:
        """Keep that somebody is at the door of a visit; answer whether that is new."""
        return presences.put_presence(self._tx, city, on, told)

    def promised_by(self, city: str, collector_id: str, id: int) -> str | None:
        """Return whose promise it is that was given to a collector; None where it is not hers."""
        return own_promises.borrower_of(self._tx, city, collector_id, id)

    def note(
        self,
        kind: str,
        subject: str,
        *,
        city: str = "",
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        was, becomes = (None if told is None else to_plain(told) for told in (before, after))
        self._tx.note(kind, subject, city=city, before=was, after=becomes)
