"""What is still overdue after payments, in whatever order they are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from scheduler.payments import Balance, Payment, is_paid_off, newer, paid_since, still_overdue

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
LISTED = Balance("C1", Decimal(800), None, MIDNIGHT, is_listed=True)


def paid(hours: int, amount: str, overdue: str | None = None, key: str = "p") -> Payment:
    at = MIDNIGHT + timedelta(hours=hours)
    left = None if overdue is None else Decimal(overdue)
    return Payment(f"{key}{hours}", "C1", Decimal(amount), at, overdue=left)


def test_payments_after_the_balance_lower_it_and_those_before_are_in_it() -> None:
    before, after = paid(-1, "300"), paid(2, "500")
    assert still_overdue(LISTED, [before, after]) == Decimal(300)


def test_a_reversal_raises_it_again() -> None:
    assert still_overdue(LISTED, [paid(2, "800"), paid(3, "-800")]) == Decimal(800)


def test_more_than_was_owed_leaves_nothing() -> None:
    assert still_overdue(LISTED, [paid(2, "900")]) == 0


def test_payments_on_other_cases_do_not_matter() -> None:
    other = Payment("x", "C2", Decimal(800), MIDNIGHT + timedelta(hours=1))
    assert still_overdue(LISTED, [other]) == Decimal(800)


def test_a_zero_of_a_list_alone_is_no_payment() -> None:
    nothing = Balance("C1", Decimal(0), None, MIDNIGHT, is_listed=True)
    assert not is_paid_off(nothing, Decimal(0), was_paid=False)
    # After it was paid, that the next list says 0 is what was to be expected.
    assert is_paid_off(nothing, Decimal(0), was_paid=True)
    told = Balance("C1", Decimal(0), None, MIDNIGHT)
    assert is_paid_off(told, Decimal(0), was_paid=False)
    assert not is_paid_off(LISTED, Decimal(1), was_paid=True)


def test_of_two_balances_at_one_instant_the_list_corrects() -> None:
    again = Balance("C1", Decimal(900), None, MIDNIGHT, is_listed=True)
    fed = Balance("C1", Decimal(850), None, MIDNIGHT)
    assert newer(LISTED, again) == again
    assert newer(LISTED, fed) == LISTED  # 850 > 800: between payments of a day the lesser is later
    assert newer(fed, LISTED) == LISTED


def test_paid_since_counts_the_span_and_what_was_reversed() -> None:
    told = [paid(-1, "100"), paid(0, "200"), paid(5, "-50"), paid(9, "400")]
    assert paid_since(told, "C1", MIDNIGHT) == Decimal(550)
    # `until` itself is not in it.
    assert paid_since(told, "C1", MIDNIGHT, MIDNIGHT + timedelta(hours=9)) == Decimal(150)
    assert paid_since(told, "C2", MIDNIGHT) == 0


TOLD = st.lists(
    st.builds(
        lambda hours, amount, left, key: paid(hours, str(amount), left, f"{key}-"),
        st.integers(-5, 20),
        st.integers(-500, 800),
        st.none() | st.integers(0, 900).map(str),
        st.integers(0, 10_000),
    ),
    max_size=6,
)


@given(TOLD, st.randoms(use_true_random=False))
def test_the_order_in_which_payments_are_told_does_not_matter(
    told: list[Payment], random: object
) -> None:
    def after(payments: list[Payment]) -> Decimal:
        balances = [one.balance for one in payments if one.balance]
        return still_overdue(reduce(newer, balances, LISTED), payments)

    mixed = list(told)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert after(mixed) == after(told)
