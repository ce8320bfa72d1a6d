"""The deadlines of cases become what an office works by: tables, a calendar file, a picture."""
