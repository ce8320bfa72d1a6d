"""Parts of the documentation that are read off the program itself."""
