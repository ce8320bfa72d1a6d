"""Documents and their numbering become one packet PDF, and an account of its every page."""
