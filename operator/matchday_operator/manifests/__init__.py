"""Manifests of the objects that the operator makes: one kind a file, no input or output."""
