"""The compiled search, loaded without the compiler.

Importing Numba takes longer than scheduling a small league. So its output is kept as an object
file, one for this source and processor, and loaded by LLVM alone; where it is missing it is
compiled once and kept.
"""

import ctypes
import hashlib
import os
import tempfile
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path

import llvmlite
import llvmlite.binding as llvm

from matchday_solver.kernel.machine import (
    ANY_PROCESSOR,
    RUNTIME,
    SIGNATURES,
    processor,
    target_machine,
)

TYPES = {"p": ctypes.c_void_p, "i": ctypes.c_int64, "f": ctypes.c_double}

SOURCES = ("kernel", "improve")
"""Folders of the package with compiled functions."""


def object_file(target: tuple[str, str] | None = None) -> Path:
    """Where the object file for this source, LLVM and processor is, or would be."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256("\n".join((llvmlite.__version__, *(target or processor()))).encode())
    for source in sorted(p for name in SOURCES for p in (package / name).glob("*.py")):
        digest.update(source.read_bytes())
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    named = (os.environ.get(name) for name in ("NUMBA_CACHE_DIR", "MATCHDAY_CACHE"))
    folder = next(filter(None, named), os.path.join(home, "matchday"))
    return Path(folder) / f"search-{digest.hexdigest()[:16]}.o"


def is_compiled() -> bool:
    """Whether loading is quick."""
    return _ready() is not None


def compiled_search() -> bytes:
    """The object file's content, compiled now where it is missing."""
    ready = _ready()
    if ready is not None:
        return ready.read_bytes()
    from matchday_solver.kernel.compile import compile_entries

    content = compile_entries()
    _keep(object_file(), content)
    return content


def _ready() -> Path | None:
    """The object file for this processor, else one that runs on any; None where there is none."""
    files = (object_file(), object_file(ANY_PROCESSOR))
    return next((file for file in files if file.is_file()), None)


def _keep(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all; without a place for it every start compiles."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
        os.replace(file.name, path)
    except OSError:
        return


class Native:
    """The entries as functions; arguments that are pointers take the address of an array."""

    def __init__(self, content: bytes) -> None:
        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        abort = ctypes.cast(ctypes.pythonapi.Py_FatalError, ctypes.c_void_p).value
        for name in RUNTIME:
            llvm.add_symbol(name, abort)
        self._engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target_machine(0))
        self._engine.add_object_file(llvm.ObjectFileRef.from_data(content))
        self._engine.finalize_object()
        self.start = self._function("start")
        self.settle = self._function("settle")
        self.fill = self._function("fill")
        self.anneal = self._function("anneal")
        self.replay = self._function("replay")
        self.pair = self._function("pair")
        self.column = self._function("column")

    def _function(self, name: str) -> Callable[..., int]:
        prototype = ctypes.CFUNCTYPE(ctypes.c_int64, *(TYPES[kind] for kind in SIGNATURES[name]))
        return prototype(self._engine.get_function_address(f"matchday_{name}"))


_loading = threading.Lock()


def native() -> Native:
    """The compiled search; it runs without Python's lock."""
    with _loading:
        return _loaded()


@cache
def _loaded() -> Native:
    """Loaded once: LLVM does not bear two threads that load."""
    return Native(compiled_search())
