"""Tests of the test cluster's own code; none of them starts a cluster."""
