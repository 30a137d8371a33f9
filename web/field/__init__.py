"""What phones bring, as the dispatcher sees it: alarms, records that wait for a person."""
