"""The words of a Word document and of its PDF, compared."""
