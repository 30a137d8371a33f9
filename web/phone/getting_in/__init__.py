"""How collectors come into their day without a password, and from within other apps."""
