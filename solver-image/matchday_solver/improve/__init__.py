"""Neighbourhoods of the annealing search, one a file."""
