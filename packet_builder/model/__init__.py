"""The typed facts of a case."""
