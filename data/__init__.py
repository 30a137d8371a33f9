"""What lies on disk: the store, readers, rule profiles, cities."""
