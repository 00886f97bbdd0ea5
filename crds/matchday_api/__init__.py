"""The contract: what users write and what they get back."""

__version__ = "0.1.0"
