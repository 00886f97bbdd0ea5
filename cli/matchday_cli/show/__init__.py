"""Schedules and progress for people: terminal, page, calendars and sheets."""
