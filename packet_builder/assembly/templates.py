"""Checks every template of an office: letters, page templates and outlines."""

from __future__ import annotations
