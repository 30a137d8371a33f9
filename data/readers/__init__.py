"""CSV and Excel in: every bad row at once, good rows as objects of the domain."""
