"""The attorney's Word copies: read, compared, merged with what the facts say now, never lost."""
