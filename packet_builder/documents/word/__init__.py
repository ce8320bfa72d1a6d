"""Word documents: opened safely, read whole, and what speaks against them."""
