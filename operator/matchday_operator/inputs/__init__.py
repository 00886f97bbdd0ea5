"""From a request to the problem it poses: its own league, ConfigMaps and earlier Schedules."""
