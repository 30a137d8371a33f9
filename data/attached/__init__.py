"""What phones attach to visits: looked at by its content, rid of positions, locked at rest."""
