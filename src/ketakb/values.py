"""Value classes that cost next to nothing to define: `dataclass` as the standard library has it, made when it pays.

Defining one frozen dataclass with slots takes the standard library 1.6 ms (Python 3.11), and a short audit would spend
more on its hundred classes than on reading the page. Here a class gets its slots at once, and an `__init__` compiled
for it when many values are made; comparing, hashing and printing need no code of their own. `dataclasses.fields`,
`replace` and `asdict` work as ever. What the package does not use (InitVar, ClassVar, kw_only) is not there.
"""

from __future__ import annotations

from ketakb.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
else:
    from operator import attrgetter

    _MISSING = object()
    _FEW = 40
    """Values of a class that cost as much, made one by one, as compiling its `__init__`."""

    class _Field:
        """The default of one field."""

        __slots__ = ("default", "factory")

        def __init__(self, default=_MISSING, factory=_MISSING):
            self.default, self.factory = default, factory

    def field(*, default=_MISSING, default_factory=_MISSING):
        """Return what stands for a default: a value, or a function that makes a new one each time."""
        return _Field(default, default_factory)

    def replace(value, /, **changes):
        """Return a value like another but for some fields."""
        cls = value.__class__
        values, places = list(cls._values(value)), cls._places
        for name, new in changes.items():
            if name not in places:
                raise TypeError(f"{cls.__name__} has no field {name}")
            values[places[name]] = new
        return cls(*values)

    def dataclass(*, slots, frozen=False, order=False):
        """Make a class of annotated names one of values. Raises TypeError without `slots`."""
        if not slots:
            raise TypeError("a value class has slots; take the dataclass of the standard library for one without")
        return lambda cls: _made(cls, frozen, order)

    def _getter(names):
        return attrgetter(*names) if len(names) > 1 else _alone(*names)

    def _made(cls, frozen, order):
        space = dict(cls.__dict__)
        own = {name: space.pop(name, _MISSING) for name in space.get("__annotations__", ())}
        known = {}
        for base in reversed(cls.__mro__[1:]):
            known.update(base.__dict__.get("_defaults", {}))
        slots = tuple(name for name in own if name not in known)
        known.update(own)
        for name in ("__dict__", "__weakref__"):
            space.pop(name, None)
        names = tuple(known)
        space.update(
            __slots__=slots,
            __match_args__=names,
            __qualname__=cls.__qualname__,
            __dataclass_fields__=_Fields(),
            _defaults=known,
            _places={name: at for at, name in enumerate(names)},
            _values=_getter(names),
            __getstate__=_state,
            __setstate__=_restored,
        )
        for name, function in (("__repr__", _shown), ("__eq__", _equal), ("__hash__", _hash if frozen else None)):
            space.setdefault(name, function)
        if frozen:
            space.update(__setattr__=_forbidden, __delattr__=_forbidden)
        if order:
            space.update(__lt__=_less, __le__=_least, __gt__=_more, __ge__=_most)
        made = type(cls)(cls.__name__, cls.__bases__, space)
        made.__init__ = _first(made)
        return made

    def _alone(name):
        one = attrgetter(name)
        return staticmethod(lambda value: (one(value),))

    def _first(cls):
        """Return what stands for the `__init__` of a class until it pays to compile one: most have few values."""
        left, put = _FEW, ()
        names, count = cls.__match_args__, len(cls.__match_args__)
        then = getattr(cls, "__post_init__", None)

        def first(self, /, *args, **kwargs):
            nonlocal left, put
            given = args if not kwargs and len(args) == count else _all_of(cls, args, kwargs)
            if not left or given is None:  # many, or a mistake, which Python tells best
                cls.__init__ = _init_of(cls)
                return cls.__init__(self, *args, **kwargs)
            left -= 1
            put = put or [getattr(cls, name).__set__ for name in names]
            for put_one, value in zip(put, given, strict=True):
                put_one(self, value)
            if then is not None:
                then(self)
            return None

        return first

    def _all_of(cls, args, kwargs):
        """Return the values of all fields, or None where they are not given rightly."""
        if len(args) > len(cls.__match_args__):
            return None
        found, left = list(args), len(kwargs)
        for name in cls.__match_args__[len(args) :]:
            if name in kwargs:
                found.append(kwargs[name])
                left -= 1
                continue
            value = cls._defaults[name]
            if isinstance(value, _Field):
                value = value.default if value.factory is _MISSING else value.factory()
            if value is _MISSING:
                return None
            found.append(value)
        return found if not left else None

    def _init_of(cls):
        scope = {"_MISSING": _MISSING}
        given, lines = ["self"], []
        frozen = cls.__setattr__ is not object.__setattr__
        if frozen:
            # to set what may not be set takes a call for each name; this way two in all: while it is filled, a value
            # is of a class with the same slots that lets itself be set
            scope.update(_become=_BECOME, _open=_opened(cls), _cls=cls)
            lines.append("_become(self, _open)")
        for name, default in cls._defaults.items():
            value, factory = (default.default, default.factory) if isinstance(default, _Field) else (default, _MISSING)
            if factory is not _MISSING:
                scope[f"_make_{name}"] = factory
                given.append(f"{name}=_MISSING")
                lines.append(f"self.{name} = _make_{name}() if {name} is _MISSING else {name}")
                continue
            if value is not _MISSING:
                scope[f"_default_{name}"] = value
                given.append(f"{name}=_default_{name}")
            else:
                given.append(name)
            lines.append(f"self.{name} = {name}")
        if frozen:
            lines.append("self.__class__ = _cls")
        if hasattr(cls, "__post_init__"):
            lines.append("self.__post_init__()")
        exec(f"def __init__({', '.join(given)}):\n " + "\n ".join(lines or ["pass"]), scope)
        init = scope["__init__"]
        init.__qualname__ = f"{cls.__qualname__}.__init__"
        return init

    _BECOME = object.__dict__["__class__"].__set__

    def _opened(cls):
        """Return a class with the slots of another, whose values may be set."""
        space = {"__slots__": cls.__slots__, "__setattr__": object.__setattr__}
        return type(cls)(cls.__name__, cls.__bases__, space)

    class _Fields:
        """What the functions of the standard library ask a dataclass for, made when they ask."""

        def __get__(self, value, cls):
            import dataclasses

            found = {}
            for name, default in cls._defaults.items():
                if isinstance(default, _Field):
                    one = _standard(default)
                else:
                    one = dataclasses.field() if default is _MISSING else dataclasses.field(default=default)
                one.name, one.type, one._field_type = name, _annotation(cls, name), dataclasses._FIELD
                found[name] = one
            cls.__dataclass_fields__ = found
            return found

    def _standard(default):
        """Return the default of a field as the standard library has it."""
        import dataclasses

        if default.factory is _MISSING:
            return dataclasses.field(default=default.default)
        return dataclasses.field(default_factory=default.factory)

    def _annotation(cls, name):
        from inspect import get_annotations

        return next(found[name] for base in cls.__mro__ if name in (found := get_annotations(base)))

    def _shown(self):
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__qualname__}({fields})"

    def _equal(self, other):
        return self._values(self) == self._values(other) if other.__class__ is self.__class__ else NotImplemented

    def _hash(self):
        return hash(self._values(self))

    def _less(self, other):
        return self._values(self) < self._values(other) if other.__class__ is self.__class__ else NotImplemented

    def _least(self, other):
        return self._values(self) <= self._values(other) if other.__class__ is self.__class__ else NotImplemented

    def _more(self, other):
        return self._values(self) > self._values(other) if other.__class__ is self.__class__ else NotImplemented

    def _most(self, other):
        return self._values(self) >= self._values(other) if other.__class__ is self.__class__ else NotImplemented

    def _state(self):
        return self._values(self)

    def _restored(self, state):
        for name, value in zip(self.__match_args__, state, strict=True):
            object.__setattr__(self, name, value)

    def _forbidden(self, name, *value):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"{type(self).__name__}.{name} cannot be set")
