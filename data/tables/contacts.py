"""The contact log, payments and balances."""
