"""Which cluster and namespace: kubeconfig as kubectl reads it, or the pod that one is in."""

import logging
import os
from argparse import Namespace
from pathlib import Path

import yaml
from kubernetes.client import ApiClient, Configuration
from kubernetes.config import ConfigException, load_incluster_config
from kubernetes.config.kube_config import (
    KUBE_CONFIG_DEFAULT_LOCATION,
    KubeConfigLoader,
    KubeConfigMerger,
)

from matchday_api import __version__
from matchday_cli.cluster.api import Cluster
from matchday_cli.errors import CliError

BROKEN = (ConfigException, yaml.YAMLError, ValueError, TypeError, AttributeError, KeyError)
"""What the Kubernetes client raises for a kubeconfig that is none."""

POD_NAMESPACE = Path("/var/run/secrets/kubernetes.io/serviceaccount/namespace")


def connect(options: Namespace) -> Cluster:
    """The cluster that the options name; nothing is sent yet. Raises CliError."""
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    configuration = Configuration()
    configuration.client_go_retries = True
    configuration.keep_alive = True
    try:
        namespace = _load(options.kubeconfig, options.context, configuration)
    except (*BROKEN, OSError) as error:
        raise _unusable(options.kubeconfig, str(error)) from error
    client = ApiClient(configuration)
    client.user_agent = f"matchday/{__version__}"
    return Cluster(client, options.namespace or namespace)


def _load(kubeconfig: str | None, context: str | None, configuration: Configuration) -> str:
    """Fill the configuration; the namespace to use by default."""
    files = KubeConfigMerger(kubeconfig or KUBE_CONFIG_DEFAULT_LOCATION)
    if files.config is None:
        return _load_pod(kubeconfig, context, configuration)
    loader = KubeConfigLoader(config_dict=files.config, active_context=context)
    loader.load_and_set(configuration)
    return loader.current_context["context"].get("namespace") or "default"


def _load_pod(kubeconfig: str | None, context: str | None, configuration: Configuration) -> str:
    if kubeconfig or context or "KUBERNETES_SERVICE_HOST" not in os.environ:
        raise ConfigException("there is no such file")
    load_incluster_config(configuration)
    return POD_NAMESPACE.read_text().strip()


def _unusable(kubeconfig: str | None, reason: str) -> CliError:
    where = kubeconfig or KUBE_CONFIG_DEFAULT_LOCATION
    return CliError(
        f"kubeconfig {where}: {' '.join(reason.split())[:300]}; name another with --kubeconfig "
        "or $KUBECONFIG, and a context of it with --context"
    )
