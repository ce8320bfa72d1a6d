"""A case is handed over to another machine of the office: one encrypted file, and back."""
