"""The solver: a league in, a schedule out."""
