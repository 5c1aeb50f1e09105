"""Value classes behave as those of the standard library do."""

import copy
import dataclasses
import pickle

import pytest

from ketakb import values
from ketakb.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Point:
    """A point."""

    x: int
    y: int = 0
    tags: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Twin:
    x: int
    y: int = 0
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class Bag:
    held: list[int] = field(default_factory=list)
    name: str = "bag"


@dataclass(frozen=True, slots=True, order=True)
class Only:
    value: int

    @property
    def double(self) -> int:
        return 2 * self.value


@dataclass(frozen=True, slots=True)
class Deep(Point):
    z: int = 3


def test_a_value_is_made_compared_hashed_and_shown_as_ever() -> None:
    for made in (Point, Twin):
        assert made(1) == made(1, 0) != made(2)
        assert hash(made(1, tags=("a",))) == hash(made(1, 0, ("a",))) == hash((1, 0, ("a",)))
        assert repr(made(1, tags=("a",))) == f"{made.__name__}(x=1, y=0, tags=('a',))"
        with pytest.raises(TypeError, match="x"):
            made()
        with pytest.raises(TypeError, match="w"):
            made(1, w=2)
    assert Point(1) != Twin(1)


def test_frozen_means_frozen_and_slots_mean_slots() -> None:
    point = Point(1)
    for change in (lambda: setattr(point, "x", 2), lambda: delattr(point, "x"), lambda: setattr(point, "w", 2)):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()
    bag = Bag()
    bag.name = "other"
    with pytest.raises(AttributeError):
        bag.weight = 1  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="unhashable"):
        hash(bag)
    with pytest.raises(TypeError, match="slots"):
        values.dataclass(frozen=True, slots=False)


def test_a_factory_makes_a_new_default_each_time() -> None:
    one, two = Bag(), Bag()
    one.held.append(1)
    assert (one.held, two.held) == ([1], [])


def test_the_functions_of_the_standard_library_work() -> None:
    point = Point(1, tags=("a",))
    assert dataclasses.replace(point, y=2) == values.replace(point, y=2) == Point(1, 2, ("a",))
    assert dataclasses.asdict(point) == {"x": 1, "y": 0, "tags": ("a",)}
    assert [(one.name, one.type) for one in dataclasses.fields(Deep)] == [
        ("x", int),
        ("y", int),
        ("tags", tuple[str, ...]),
        ("z", int),
    ]
    assert dataclasses.is_dataclass(point)
    with pytest.raises(TypeError):
        values.replace(point, w=1)
    match point:
        case Point(x, y, _):
            assert (x, y) == (1, 0)


def test_values_are_ordered_copied_pickled_and_derived() -> None:
    assert sorted([Only(2), Only(1)]) == [Only(1), Only(2)]
    assert Only(1) < Only(2) <= Only(2) and Only(2).double == 4
    assert Deep(1) == Deep(1, 0, (), 3) and isinstance(Deep(1), Point)
    for value in (Point(1, 2, ("a",)), Only(3), Bag([1])):
        assert copy.deepcopy(value) == value == copy.copy(value) == pickle.loads(pickle.dumps(value))
