"""What annotations are written with: the names of `typing`, without `typing` while a program runs.

Annotations are not looked at then, and loading `typing` takes a twentieth of a short audit. Type checkers see the
names of the standard library.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import IO as IO
    from typing import Annotated as Annotated
    from typing import Any as Any
    from typing import BinaryIO as BinaryIO
    from typing import Final as Final
    from typing import Generic as Generic
    from typing import NamedTuple as NamedTuple
    from typing import Protocol as Protocol
    from typing import TypeAlias as TypeAlias
    from typing import TypeVar as TypeVar
    from typing import overload as overload
else:
    IO = BinaryIO = Any = Final = TypeAlias = object

    def TypeVar(name, **settings):  # noqa: N802
        """Return what may stand in an alias."""
        return object

    class Generic:
        """A base of classes that `[...]` leaves what they are."""

        __slots__ = ()

        def __class_getitem__(cls, kinds):
            """Return the class itself."""
            return cls

    Protocol = Generic

    def overload(function):
        """Return the function, which the last of its name replaces."""
        return function

    class Annotated:
        """A type with what was said of it, under the names that `typing` has for them."""

        def __init__(self, kind, *told):
            self.__origin__, self.__metadata__ = kind, told

        def __class_getitem__(cls, given):
            """Return the value of `Annotated[kind, told]`."""
            return cls(*given)

    class _NamedTuples(type):
        def __new__(meta, name, bases, space):
            if not bases:
                return super().__new__(meta, name, bases, space)
            from collections import namedtuple

            names = space.pop("__annotations__")
            defaults = [space.pop(one) for one in names if one in space]
            made = namedtuple(name, names, defaults=defaults, module=space["__module__"])
            made.__annotations__ = names
            for key, value in space.items():
                if key not in ("__module__", "__qualname__"):
                    setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_NamedTuples):
        """A base of classes that become tuples with names, as `typing.NamedTuple`."""
