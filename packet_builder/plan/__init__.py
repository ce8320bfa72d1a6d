"""The plan of a filing: documents, letters and citations before a page exists."""
