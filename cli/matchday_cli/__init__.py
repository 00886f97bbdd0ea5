"""The command line, which is also a kubectl plugin."""
