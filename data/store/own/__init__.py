"""What a collector sees of her own work: her promises, her weeks, her days; nobody else's."""
