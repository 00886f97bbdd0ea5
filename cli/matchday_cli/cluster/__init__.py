"""What the command line does on a cluster."""
