"""One command a file: its options, and what it does; heavy imports wait until it runs."""
