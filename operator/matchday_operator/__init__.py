"""The operator: from a ScheduleRequest to a Job and its result."""
