"""A disposable, real Kubernetes for the demo and the tests.

``python -m devcluster up`` gives a cluster by kind where Docker or Podman works, and by host
processes built from Go modules where neither does. See ``docs/devcluster.md``.
"""
