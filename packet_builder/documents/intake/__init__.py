"""An evidence file becomes a PDF that can be bound."""
