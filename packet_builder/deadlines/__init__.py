"""The events of a case and the law become its deadlines."""
