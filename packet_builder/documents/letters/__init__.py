"""Letters: Word templates and the words that they print."""
