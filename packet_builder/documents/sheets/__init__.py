"""Sheets that nobody edits: separators, the index, slips, notices."""
