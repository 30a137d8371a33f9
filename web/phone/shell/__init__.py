"""The page that a phone keeps: without anybody's data, so that it opens without a network."""
