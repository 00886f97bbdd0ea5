"""The command line: ``python -m devcluster COMMAND``."""

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from devcluster import backends, images, lock, mounts
from devcluster.output import DevclusterError, answer, progress
from devcluster.settings import BACKENDS, Settings, from_environment

_EPILOG = """environment:
  MATCHDAY_BACKEND           auto (default), kind, native or existing
  MATCHDAY_USE_KUBECONFIG=1  use the cluster of KUBECONFIG instead of making one
  MATCHDAY_CACHE             where slow-to-make things are kept (default ~/.cache/matchday)
  MATCHDAY_STATE             where the running cluster's state is kept
  KUBEBUILDER_ASSETS         a folder of ready Kubernetes programs
"""


def _up(settings: Settings, _: argparse.Namespace) -> int:
    backend = backends.bring_up(settings)
    progress(f"kubeconfig: {backend.kubeconfig()}")
    return 0


def _down(settings: Settings, arguments: argparse.Namespace) -> int:
    backends.current(settings).down()
    if arguments.purge_cache:
        progress(f"removing the cache {settings.cache}")
        mounts.unmount_below(settings.cache)
        shutil.rmtree(settings.cache, ignore_errors=True)
    return 0


def _status(settings: Settings, _: argparse.Namespace) -> int:
    backend = backends.current(settings)
    for line in backend.status():
        answer(line)
    return 0 if backend.healthy() else 1


def _kubeconfig(settings: Settings, _: argparse.Namespace) -> int:
    path = backends.current(settings).kubeconfig()
    if not path.exists():
        raise DevclusterError("there is no cluster; run `python -m devcluster up` first")
    answer(str(path))
    return 0


def _path(settings: Settings, _: argparse.Namespace) -> int:
    answer(str(backends.current(settings).programs()))
    return 0


def _load(settings: Settings, arguments: argparse.Namespace) -> int:
    absent = [str(path) for path in arguments.archives if not path.is_file()]
    if absent:
        raise DevclusterError(f"no such file: {', '.join(absent)}")
    backends.current(settings).load(arguments.archives)
    return 0


def _build(settings: Settings, arguments: argparse.Namespace) -> int:
    backend = backends.current(settings)
    made = images.build(backend, tuple(arguments.targets or images.TARGETS))
    if not arguments.no_load:
        with lock.held(settings.lock):
            images.load(backend, made)
    for image in made:
        answer(f"{image.target} {image.name}")
    return 0


def _node_fault(settings: Settings, arguments: argparse.Namespace) -> int:
    backend = backends.current(settings)
    if arguments.fault == "stop-kubelet":
        progress("stopping the kubelet: the node becomes NotReady after 40 to 50 s")
        backend.stop_kubelet()
    else:
        progress("starting the kubelet")
        backend.start_kubelet()
    return 0


_UNLOCKED = (_status, _kubeconfig, _path, _build)
"""Commands that need not wait for one that changes the cluster; `build` waits to load only."""


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(
        prog="python -m devcluster",
        description="A disposable, real Kubernetes for the demo and the tests.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--backend", choices=BACKENDS, help="default: MATCHDAY_BACKEND, else auto")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(
        name: str, action: Callable[[Settings, argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(action=action)
        return command

    add("up", _up, "have a healthy cluster: reuse, repair, replace or make one")
    down = add("down", _down, "remove every trace of the cluster; the cache stays")
    down.add_argument("--purge-cache", action="store_true", help="remove the cache too")
    add("status", _status, "tell the cluster's condition; exit code 0 when it is healthy")
    add("kubeconfig", _kubeconfig, "print the path of the administrator's kubeconfig")
    add("path", _path, "print the folder with kubectl and helm")
    load = add("load", _load, "import image archives (OCI or Docker) into the node")
    load.add_argument("archives", nargs="+", type=Path, metavar="IMAGE.tar")
    build = add("build", _build, "build the images whose inputs changed, and load them")
    build.add_argument("targets", nargs="*", metavar="TARGET", help="default: operator solver")
    build.add_argument("--no-load", action="store_true", help="do not load them into the cluster")
    fault = add("node-fault", _node_fault, "make the node go silent, or bring it back")
    fault.add_argument("fault", choices=["stop-kubelet", "start-kubelet"])
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parsed = parser().parse_args(arguments)
    settings = from_environment(os.environ, root=os.geteuid() == 0)
    settings = replace(settings, backend=parsed.backend or settings.backend)
    try:
        if parsed.action in _UNLOCKED:
            return int(parsed.action(settings, parsed))
        with lock.held(settings.lock):
            return int(parsed.action(settings, parsed))
    except (DevclusterError, OSError) as error:
        print(f"devcluster: error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(
            "devcluster: interrupted; run `up` to start anew or `down` to clean up", file=sys.stderr
        )
        return 130
