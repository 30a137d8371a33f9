"""The desk of a day: seen, questioned and changed by hand, by several people at once."""
