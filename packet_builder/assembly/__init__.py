"""Builds a packet from a case: the flow written once."""
