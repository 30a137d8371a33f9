"""TLS without a public authority: certificates of the house's own, and the way to trust them."""

MOST_DAYS = 397
"""The longest life of a server certificate: a day below the 398 that browsers grant public ones."""
