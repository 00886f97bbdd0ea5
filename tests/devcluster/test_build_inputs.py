"""When an image has to be built again."""

from pathlib import Path

import pytest

from devcluster import build_inputs
from devcluster.output import DevclusterError

DOCKERFILE = """
# The builder.
ARG BASE=python
FROM ${BASE} AS deps
COPY uv.lock \\
     pyproject.toml /src/
RUN --mount=type=cache,target=/cache --mount=type=bind,source=tools,target=/tools make
FROM ${BASE} AS operator
COPY --from=deps /venv /venv
COPY --chmod=755 operator /app
FROM deps AS solver
ADD solver /app
"""


@pytest.fixture
def context(tmp_path: Path) -> Path:
    (tmp_path / "Dockerfile").write_text(DOCKERFILE)
    for name in ("uv.lock", "pyproject.toml", "README.md"):
        (tmp_path / name).write_text(name)
    for folder in ("operator", "solver", "tools"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "main.py").write_text(folder)
    return tmp_path


def digest(context: Path, target: str = "operator", *parameters: str) -> str:
    return build_inputs.digest(context, target, parameters)


def test_a_target_takes_in_what_its_stages_copy_and_mount() -> None:
    wanted = ["operator", "pyproject.toml", "tools", "uv.lock"]
    assert build_inputs.sources(DOCKERFILE, "operator") == wanted


def test_a_target_takes_in_what_its_parent_stage_copies() -> None:
    assert "uv.lock" in build_inputs.sources(DOCKERFILE, "solver")


def test_the_paths_of_other_stages_are_not_taken_for_files() -> None:
    assert "/venv" not in build_inputs.sources(DOCKERFILE, "operator")


def test_an_unknown_target_is_named() -> None:
    with pytest.raises(DevclusterError, match="no stage 'cli'"):
        build_inputs.sources(DOCKERFILE, "cli")


def test_nothing_changed_means_the_same_digest(context: Path) -> None:
    assert digest(context) == digest(context)


def test_a_changed_source_changes_the_digest(context: Path) -> None:
    before = digest(context)
    (context / "operator/main.py").write_text("changed")
    assert digest(context) != before


def test_a_new_file_changes_the_digest(context: Path) -> None:
    before = digest(context)
    (context / "operator/more.py").write_text("")
    assert digest(context) != before


def test_a_file_made_executable_changes_the_digest(context: Path) -> None:
    before = digest(context)
    (context / "operator/main.py").chmod(0o755)
    assert digest(context) != before


@pytest.mark.parametrize("other", ["solver/main.py", "README.md"])
def test_what_the_target_does_not_copy_leaves_the_digest(context: Path, other: str) -> None:
    before = digest(context)
    (context / other).write_text("changed")
    assert digest(context) == before


def test_compiled_files_leave_the_digest(context: Path) -> None:
    before = digest(context)
    (context / "operator/__pycache__").mkdir()
    (context / "operator/__pycache__/main.pyc").write_text("")
    assert digest(context) == before


def test_another_base_image_changes_the_digest(context: Path) -> None:
    assert digest(context, "operator", "one") != digest(context, "operator", "two")


def test_a_copied_file_that_is_missing_is_named(context: Path) -> None:
    (context / "uv.lock").unlink()
    with pytest.raises(DevclusterError, match=r"copies uv\.lock"):
        digest(context)


def test_a_form_of_copy_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(DevclusterError, match="not understood"):
        build_inputs.parse('FROM a AS b\nCOPY ["x y", "/z"]')
