"""The desk: where a dispatcher makes tomorrow's day."""
