"""The stories of five lenders, from their files to the visit after the next."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from data.figures import read_weights
from data.store import SqlStore
from data.store.figures import FigureBook
from scheduler.agreements import Agreement, Assessment, Degree, Details, Evidence, Instalment
from scheduler.figures import Group, Part, Span, agency_cards, figure_table
from scheduler.follow_ups import Task
from scheduler.model import StopFlag
from scheduler.plan import Reason
from scheduler.promises import PromiseStatus
from tests.data.lender import CALLS, MONDAY, Lender, at, served, stop_of, why_out

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=n) for n in range(1, 5))
NEXT_MONDAY, NEXT_TUESDAY = (MONDAY + timedelta(days=n) for n in (7, 8))
SIGNED = Evidence("vault/2026/agreement-7", "ab" * 32)
PLACES = "家庭地址,家庭纬度,家庭经度,坐标系"


@pytest.fixture
def lender(store: SqlStore, tmp_path: Path) -> Lender:
    told = Lender(store, tmp_path)
    told.begin("vehicle")
    return told


def home(number: int) -> str:
    return f"宁波市海曙区东河路{number}号,{30 + number / 1000:.4f},121.5,WGS-84"


def test_used_car_finance_sees_the_collateral_and_assesses_on_the_spot(lender: Lender) -> None:
    lender.cases(
        f"""合同号,客户号,姓名,产品,逾期金额,逾期天数,所需技能,是否外访,{PLACES}
        V1,K1,张三,二手车贷,8600,75,vehicle,是,{home(1)}
        V2,K2,李四,二手车贷,4200,64,,否,{home(2)}"""
    )
    lender.called("V1", "V2")
    lender.publish(MONDAY)
    assert served(lender.published(MONDAY)) == {"K1", "K2"}

    lender.now = at(MONDAY, 9)
    seen = Assessment("car under a cover, tyres flat", Degree.LITTLE, Degree.PARTLY)
    lender.tell("K1", "VEHICLE_SEEN", 10, was_met=False, details=Details(assessment=seen))
    # Where it stands goes to the desk, with ability and willingness apart; nothing stops the case.
    assert lender.column("assessment", "ability", "K1") == [Degree.LITTLE]
    assert lender.column("assessment", "willingness", "K1") == [Degree.PARTLY]
    assert [one.task for one in lender.known(TUESDAY, "K1").follow_ups] == [Task.REPORT_COLLATERAL]
    assert not lender.case("V1").stops

    # The house leaves three days between visits; then she is met, and hands the car over.
    lender.now = at(MONDAY, 20)
    assert why_out(lender.plan(TUESDAY), "V1").rule == "days_between_visits"
    lender.publish(THURSDAY)
    lender.now = at(THURSDAY, 9)
    lender.tell("K1", "COLLATERAL_SURRENDERED", 11)
    assert Task.TAKE_COLLATERAL in {one.task for one in lender.known(FRIDAY, "K1").follow_ups}
    assert "K1" not in served(lender.plan(NEXT_MONDAY))
    assert lender.kinds("K1").count("outcome.recorded") == 2


def test_consumer_finance_contacts_first_agrees_and_follows_up(lender: Lender) -> None:
    lender.cases(
        f"""合同号,客户号,姓名,产品,逾期金额,逾期天数,{PLACES}
        X1,K1,张三,消费贷,3000,45,{home(1)}
        X2,K2,李四,消费贷,5200,50,{home(2)}"""
    )
    lender.called("X2")
    first = lender.plan(MONDAY)
    # Contact first: nobody has talked to her yet, so nobody stands at her door.
    assert served(first) == {"K2"}
    assert (why_out(first, "X1").reason, why_out(first, "X1").rule) == (
        Reason.RULE,
        "contact_first",
    )

    lender.now = at(MONDAY, 15)
    lender.contacts(f"{CALLS}\nX1,2026-11-23 14:30,电话,接通,本人,呼出")
    lender.publish(TUESDAY)
    assert "K1" in served(lender.published(TUESDAY))

    lender.now = at(TUESDAY, 9)
    parts = (Instalment(FRIDAY, Decimal(1000)), Instalment(NEXT_TUESDAY, Decimal(2000)))
    agreed = Agreement(Decimal(3000), parts, signature=SIGNED)
    lender.tell("K1", "AGREEMENT", 10, details=Details(agreement=agreed))
    promises = lender.known(WEDNESDAY, "K1").promises
    assert [(one.due, one.amount) for one in promises] == [(p.due, p.amount) for p in parts]
    # While she keeps her word nobody comes.
    waits = why_out(lender.plan(FRIDAY), "X1")
    assert waits.reason is Reason.NOT_TODAY
    assert "promise" in waits.detail

    lender.now = at(FRIDAY, 18)
    lender.payments("合同号,还款金额,还款时间\nX1,1000,2026-11-27 12:00")
    states = [one.status for one in lender.known(NEXT_MONDAY, "K1").promises]
    assert states == [PromiseStatus.KEPT, PromiseStatus.OPEN]

    # The second instalment did not come by its day and a day of grace: she is visited again.
    day_after = NEXT_TUESDAY + timedelta(days=2)
    lender.now = at(NEXT_TUESDAY + timedelta(days=1), 19)
    lender.contacts(f"{CALLS}\nX1,2026-12-02 09:30,短信,送达,本人,呼出")
    assert lender.known(day_after, "K1").promises[1].status is PromiseStatus.BROKEN
    assert "K1" in served(lender.plan(day_after))


def test_micro_credit_comes_when_she_is_free_and_a_broken_promise_comes_back(
    lender: Lender,
) -> None:
    lender.cases(
        f"""合同号,客户号,姓名,产品,逾期金额,逾期天数,家庭可上门时间,{PLACES}
        M1,K1,张三,小额经营贷,2400,38,周一至周五 18:00-20:00,{home(1)}
        M2,K2,李四,小额经营贷,1800,41,,{home(2)}"""
    )
    lender.called("M1", "M2")
    before = lender.plan(MONDAY).problem.visit_by_id["K1"]
    record = lender.publish(MONDAY)
    begins, ends = stop_of(record, "K1")
    # The whole visit lies in the hours that she told.
    assert at(MONDAY, 18) <= begins < ends <= at(MONDAY, 20)

    lender.now = at(MONDAY, 9)
    written = Agreement(Decimal(2400), (Instalment(THURSDAY, Decimal(2400)),), signature=SIGNED)
    lender.tell("K1", "AGREEMENT", 18, 30, details=Details(agreement=written))
    assert lender.column("agreement", "signature_sha256", "K1") == [SIGNED.sha256]
    assert "K1" not in served(lender.plan(THURSDAY))

    # The feed tells of other money, not of hers: the promise breaks with its day of grace.
    lender.now = at(FRIDAY, 21)
    lender.payments("合同号,还款金额,还款时间\nM2,300,2026-11-27 10:00")
    [promise] = lender.known(NEXT_MONDAY, "K1").promises
    assert promise.status is PromiseStatus.BROKEN
    again = lender.plan(NEXT_MONDAY)
    after = again.problem.visit_by_id["K1"]
    assert "K1" in served(again)
    assert (after.is_required, after.value) > (before.is_required, before.value)


def test_auto_finance_goes_by_stage_and_is_paid_before_the_crew_drives(lender: Lender) -> None:
    lender.cases(
        f"""合同号,客户号,姓名,产品,逾期金额,逾期天数,{PLACES}
        A1,K1,张三,汽车贷,900,2,{home(1)}
        A2,K2,李四,汽车贷,7100,66,{home(2)}
        A3,K3,王五,汽车贷,6400,70,{home(3)}"""
    )
    lender.called("A2", "A3")
    planned = lender.plan(MONDAY)
    # Two days past due the policy asks for messages and calls, not for a visit.
    early = why_out(planned, "A1")
    assert "policy" in early.detail
    assert "K1" not in served(planned)
    lender.publish(MONDAY)
    assert served(lender.published(MONDAY)) == {"K2", "K3"}

    # Half past eight: the money is there. The visit is suspended before anybody drives.
    lender.now = at(MONDAY, 8, 30)
    lender.payments("合同号,还款金额,还款时间,剩余逾期金额\nA2,7100,2026-11-23 08:12,0")
    assert set(lender.suspended(MONDAY)) == {"K2"}
    lender.now = at(MONDAY, 10)
    closed = lender.closed_door("K2")
    assert closed is not None
    assert StopFlag.PAID in closed.stops
    assert lender.closed_door("K3") is None
    # Nobody plans her again, and the other visit went on.
    lender.tell("K3", "PTP", 11, amount=Decimal(6400), due=WEDNESDAY)
    tomorrow = lender.plan(TUESDAY)
    assert "K2" not in served(tomorrow)
    span = Span(MONDAY, MONDAY)
    facts = FigureBook(lender.store.engine).facts("Town", span, at(TUESDAY, 12))
    assert figure_table(facts, Group.DAY).total.visits == 1


def test_a_banks_agency_is_stopped_by_a_complaint(lender: Lender) -> None:
    lender.employ({"ann": "East", "ben": "East", "cat": "West", "dan": "West"})
    lender.cases(
        f"""合同号,客户号,姓名,产品,委托机构,逾期金额,逾期天数,{PLACES}
        B1,K1,张三,个人消费贷,East,9900,88,{home(1)}
        B2,K2,李四,个人消费贷,East,8800,80,{home(2)}
        B3,K3,王五,个人消费贷,West,7700,70,{home(3)}"""
    )
    lender.called("B1", "B2", "B3")
    lender.publish(MONDAY)
    lender.publish(FRIDAY)
    assert served(lender.published(MONDAY)) == {"K1", "K2", "K3"}
    assert not lender.suspended(FRIDAY)

    lender.now = at(MONDAY, 9)
    lender.tell("K1", "COMPLAINT", 10)
    lender.tell("K2", "NOT_HOME", 11, was_met=False)
    lender.tell("K3", "PTP", 12, amount=Decimal(500), due=TUESDAY)
    # It stops with the result itself: Friday's visit is suspended, and no plan has her.
    stopped = lender.suspended(FRIDAY)["K1"]
    assert "complaint" in stopped.text
    assert "K1" not in served(lender.plan(NEXT_MONDAY))
    assert Task.ANSWER_COMPLAINT in {one.task for one in lender.known(TUESDAY, "K1").follow_ups}

    book, week = FigureBook(lender.store.engine), Span(MONDAY, FRIDAY)
    cards = {
        one.whose: one
        for one in agency_cards(book.facts("Town", week, at(NEXT_MONDAY, 9)), read_weights())
    }
    # One complaint in two visits is far above what is borne; the other agency has none.
    assert cards["East"].tally.complaints == 1
    east, west = (cards[name].parts[Part.COMPLIANCE] for name in ("East", "West"))
    assert east is not None
    assert west is not None
    assert east < west
    alone = book.facts("Town", week, at(NEXT_MONDAY, 9), agencies=frozenset({"West"}))
    assert {one.borrower_id for one in alone.visits} == {"K3"}
