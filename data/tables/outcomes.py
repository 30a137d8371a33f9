"""What outcomes lead to: promises, agreements, assessments, follow-ups."""
