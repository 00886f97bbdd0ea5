"""What the compiler and the loader agree on: the processor, the entries' arguments, the runtime."""

import os

import llvmlite.binding as llvm

SIGNATURES = {
    "start": "pppi",
    "settle": "ppppii",
    "fill": "ppppi",
    "anneal": "ppppiif",
    "replay": "pppppi",
    "pair": "pif",
    "column": "pi",
}
"""Arguments of each entry: p pointer, i integer, f floating-point number."""

RUNTIME = (
    "NRT_Allocate",
    "NRT_Free",
    "NRT_MemInfo_alloc",
    "NRT_MemInfo_call_dtor",
    "numba_do_raise",
    "numba_gil_ensure",
    "numba_gil_release",
    "numba_runtime_build_excinfo_struct",
    "numba_unpickle",
)
"""Functions of Numba that compiled code names on its way to an exception; ours raises none."""

ANY_PROCESSOR = ("generic", "")
"""What images are compiled for."""


def processor() -> tuple[str, str]:
    """Name and features of the processor to compile for: NUMBA_CPU_NAME, else this one."""
    name = os.environ.get("NUMBA_CPU_NAME", "")
    if name:
        return name, ""
    return llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()


def target_machine(optimize: int) -> llvm.TargetMachine:
    """LLVM for the processor."""
    name, features = processor()
    target = llvm.Target.from_default_triple()
    return target.create_target_machine(
        cpu=name, features=features, opt=optimize, reloc="default", codemodel="jitdefault", jit=True
    )
