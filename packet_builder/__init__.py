"""Builds humanitarian-parole filing packets from a client's facts."""

__version__ = "0.1.0"
