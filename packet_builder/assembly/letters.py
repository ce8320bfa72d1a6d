"""Writes the letters: templates become Word files, and all that changed become PDFs in one call."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from packet_builder.assembly.cache import Cache, digest_of_parts
from packet_builder.assembly.sheets import Cited
from packet_builder.documents.document import PdfFile
from packet_builder.plan.planned import PlannedDocument
from packet_builder.workspace import digest_of
