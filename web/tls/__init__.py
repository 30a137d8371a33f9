"""TLS without a public authority: certificates of the house's own, and the way to trust them."""
