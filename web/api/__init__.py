"""What programs ask over http: docs/api.md."""
