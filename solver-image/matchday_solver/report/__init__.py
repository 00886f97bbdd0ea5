"""Progress and the best schedule so far: to a file, or to the objects in the cluster."""
