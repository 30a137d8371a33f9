"""How many collectors are enough: the question asked of the book, on all processors."""
