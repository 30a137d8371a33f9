"""What phones bring: kept at once, taken in by turns."""
