"""The commands, each a module: parse, call, print."""
