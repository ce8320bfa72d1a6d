"""The documentation, and the scripts that write the parts of it that follow from the program."""
