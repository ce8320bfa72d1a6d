"""Planned documents become PDFs."""
