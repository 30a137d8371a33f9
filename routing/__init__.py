"""Places, roads and travel times. Knows nothing of loans or visits."""
