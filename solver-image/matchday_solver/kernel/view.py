"""Named tuples of arrays as one pointer for compiled functions.

Numba passes a named tuple of arrays by value, some hundred words a call, which is slow to compile
and to run. A view is a pointer to a table with the address and the shape of each array instead; its
attributes read as the named tuple's.
"""

from functools import cache
from typing import Any, NamedTuple, get_args, get_type_hints

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, intrinsic, lower_getattr_generic, models, register_model
from numba.np import numpy_support
from numba.np.arrayobj import populate_array

from matchday_solver.kernel.table import WIDTH


class ViewType(types.Type):
    """The type of views of one named tuple: the array type of each field."""

    def __init__(self, name: str, fields: dict[str, types.Array]) -> None:
        self.fields = fields
        self.place = {field: n for n, field in enumerate(fields)}
        super().__init__(name=f"View({name})")


register_model(ViewType)(models.OpaqueModel)


@infer_getattr
class ViewAttributes(AttributeTemplate):
    """What the attributes of a view are."""

    key = ViewType

    def generic_resolve(self, view: ViewType, field: str) -> Any:
        """The type of a field, None where there is none of that name."""
        return view.fields.get(field)


@lower_getattr_generic(ViewType)
def load_field(context: Any, builder: Any, view: ViewType, value: Any, field: str) -> Any:
    """Read an array's address and shape from the table; nothing owns it, so nothing is counted."""
    array_type = view.fields[field]
    word = ir.IntType(64)
    table = builder.bitcast(value, word.as_pointer())
    first = view.place[field] * WIDTH
    words = [
        _load_constant(builder, builder.gep(table, [ir.Constant(word, first + n)]))
        for n in range(array_type.ndim + 1)
    ]
    item = context.get_data_type(array_type.dtype)
    size = context.get_abi_sizeof(item)
    strides = [ir.Constant(word, size)]
    for extent in reversed(words[2:]):
        strides.insert(0, builder.mul(strides[0], extent))
    array = context.make_array(array_type)(context, builder)
    populate_array(
        array,
        data=builder.inttoptr(words[0], item.as_pointer()),
        shape=cgutils.pack_array(builder, words[1:]),
        strides=cgutils.pack_array(builder, strides),
        itemsize=ir.Constant(word, size),
        meminfo=None,
    )
    return array._getvalue()


def _load_constant(builder: Any, address: Any) -> Any:
    """Read a word that nothing changes while compiled functions run, so that loops read it once."""
    word = builder.load(address)
    word.set_metadata("invariant.load", builder.module.add_metadata([]))
    return word


@cache
def view_type(record: type[NamedTuple]) -> ViewType:
    """The type of views of a named tuple, from its annotations."""
    hints = get_type_hints(record, include_extras=True)
    return ViewType(record.__name__, {field: array_of(hint) for field, hint in hints.items()})


def array_of(hint: Any) -> types.Array:
    """The array type of an annotation such as `layout.Ints`."""
    array, dimensions = get_args(hint)
    scalar = get_args(get_args(array)[1])[0]
    return types.Array(numpy_support.from_dtype(np.dtype(scalar)), dimensions, "C")


def view_of(record: type[NamedTuple]) -> Any:
    """A compiled function from a pointer to a table to the view of a named tuple."""
    view = view_type(record)

    def build(_: Any, words: Any) -> Any:
        def point(context: Any, builder: Any, _: Any, arguments: Any) -> Any:
            return builder.bitcast(arguments[0], context.get_value_type(view))

        return view(words), point

    return intrinsic(build)
