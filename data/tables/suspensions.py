"""Suspended visits, and the rules and facts that each visit passed."""
