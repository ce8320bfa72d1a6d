"""Builds humanitarian-parole filing packets from a client's facts."""
