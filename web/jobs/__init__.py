"""Long work: done in a process of its own, while the pages go on answering."""
