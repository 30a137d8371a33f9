"""The phones of a day: which may bring records, and the records that they have brought."""
