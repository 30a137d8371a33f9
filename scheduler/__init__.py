"""The domain and the planning. Pure: no database, no web, no clock of its own."""
