"""Writes the CRDs, the JSON Schemas and the reference page from the models."""
