"""The official forms: blanks are filled, flattened, and proven."""
