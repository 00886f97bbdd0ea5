"""A timetable as a choice among candidate games, as a CP-SAT model of all hard rules."""
