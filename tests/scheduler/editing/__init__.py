"""Edits of a draft by hand."""
