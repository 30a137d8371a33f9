"""Figures of what came of visits, scorecards, and the review of a policy."""
