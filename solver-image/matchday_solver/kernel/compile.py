"""Compile the entries to one object file that loads without Numba."""

from collections.abc import Callable
from typing import Any, get_args, get_origin, get_type_hints

import llvmlite.binding as llvm
from numba import boolean, cfunc, float64, int64, types
from numba.core.registry import CPUDispatcher

from matchday_solver.kernel import entries
from matchday_solver.kernel.machine import RUNTIME, SIGNATURES, target_machine
from matchday_solver.kernel.view import array_of, view_type

POINTED = {"p": types.CPointer(int64), "i": int64, "f": float64}
SCALARS = {int: int64, bool: boolean, float: float64}


def compile_entries() -> bytes:
    """The object file; its functions are named as the entries."""
    whole = llvm.parse_assembly("")
    for name, function in entries.ENTRIES.items():
        _compile_callees(function)
        signature = int64(*(POINTED[kind] for kind in SIGNATURES[name]))
        compiled = cfunc(signature, nopython=True, error_model="numpy")(function)
        module = llvm.parse_assembly(compiled.inspect_llvm())
        module.get_function(compiled.native_name).name = f"matchday_{name}"
        whole.link_in(module)
    for function in whole.functions:
        if function.is_declaration and function.name.startswith(("NRT_", "numba_")):
            assert function.name in RUNTIME, function.name
        elif not function.is_declaration and not function.name.startswith("matchday_"):
            function.linkage = "internal"
    whole.verify()
    return bytes(target_machine(3).emit_object(whole))


def _compile_callees(function: Callable[..., Any]) -> None:
    """Compile what a function calls, callees first, each once for the types of its annotations.

    Left alone, Numba compiles a function again for every mixture of integer types.
    """
    for name in function.__code__.co_names:
        callee = function.__globals__.get(name)
        if isinstance(callee, CPUDispatcher) and not callee.signatures:
            _compile_callees(callee.py_func)
            hints = get_type_hints(callee.py_func, include_extras=True)
            hints.pop("return")
            callee.compile(tuple(_type_of(hint) for hint in hints.values()))
            callee.disable_compile()


def _type_of(hint: Any) -> Any:
    """The compiler's type of an annotation."""
    if hint in SCALARS:
        return SCALARS[hint]
    if get_origin(hint) is tuple:
        return types.Tuple([_type_of(part) for part in get_args(hint)])
    return view_type(hint) if isinstance(hint, type) else array_of(hint)
