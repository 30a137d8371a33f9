"""Signatures under profiles, house rules set aside, agencies and what they are entrusted."""
