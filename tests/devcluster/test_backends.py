"""Which cluster is chosen, and what the user's own cluster refuses."""

from pathlib import Path

import pytest

from devcluster import backends
from devcluster.existing import Existing
from devcluster.output import DevclusterError
from devcluster.settings import Settings, from_environment


def chosen(
    *,
    wanted: str = "auto",
    recorded: str | None = None,
    engine: str | None = None,
    native: bool = True,
) -> str:
    return backends.choose(wanted, recorded, engine, native=native).name


def test_kind_is_chosen_where_an_engine_works() -> None:
    assert chosen(engine="podman") == "kind"


def test_host_processes_are_chosen_where_no_engine_works() -> None:
    assert chosen() == "native"


def test_the_cluster_that_is_there_goes_before_what_would_be_made() -> None:
    assert chosen(recorded="native", engine="docker") == "native"


def test_the_users_word_goes_before_everything() -> None:
    assert chosen(wanted="kind", recorded="native") == "kind"


def test_where_nothing_serves_the_error_says_what_to_do() -> None:
    with pytest.raises(DevclusterError, match=r"start Docker or Podman.*KUBECONFIG"):
        chosen(native=False)


def test_an_unknown_backend_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DevclusterError, match=r"'minikube'.*kind, native"):
        chosen(wanted="minikube")


def test_the_users_own_cluster_is_only_used_when_asked_for() -> None:
    env = {"HOME": "/home/me", "KUBECONFIG": "/own"}
    assert from_environment(env, root=True).backend == "auto"


def test_asking_for_the_own_cluster_takes_its_kubeconfig() -> None:
    env = {"HOME": "/home/me", "KUBECONFIG": "/own:/other", "MATCHDAY_USE_KUBECONFIG": "1"}
    settings = from_environment(env, root=False)
    assert (settings.backend, settings.user_kubeconfig) == ("existing", Path("/own"))


def test_the_cache_can_be_moved() -> None:
    settings = from_environment({"MATCHDAY_CACHE": "/fast"}, root=True)
    assert settings.cache == Path("/fast")


def test_without_root_the_state_is_below_the_home_folder() -> None:
    settings = from_environment({"HOME": "/home/me"}, root=False)
    assert settings.state == Path("/home/me/.local/state/matchday-devcluster")


def own_cluster(tmp_path: Path, kubeconfig: str = "missing") -> Existing:
    return Existing(Settings(tmp_path, tmp_path, tmp_path, user_kubeconfig=tmp_path / kubeconfig))


def test_a_missing_kubeconfig_of_the_user_is_told(tmp_path: Path) -> None:
    with pytest.raises(DevclusterError, match="set KUBECONFIG"):
        own_cluster(tmp_path).kubeconfig()


def test_no_image_is_loaded_into_the_users_own_cluster(tmp_path: Path) -> None:
    with pytest.raises(DevclusterError, match="push the images"):
        own_cluster(tmp_path).load([Path("a.tar")])


def test_the_kubelet_of_the_users_own_cluster_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(DevclusterError, match="does not stop its kubelet"):
        own_cluster(tmp_path).stop_kubelet()
