"""What the command line does on this machine."""
