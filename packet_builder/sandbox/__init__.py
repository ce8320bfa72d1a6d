"""Processes of our own that do what may hang, die or eat memory, and may do nothing else."""
