"""The rules that a case is examined by."""
