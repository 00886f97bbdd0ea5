"""A whole league as one CP-SAT model: proven optima of small leagues, and the times of given games.

The hard rules are those of `matchday_solver.choice`; the soft terms are here, one function each.
"""
