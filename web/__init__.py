"""Where people and programs come in; the only place that wires."""
