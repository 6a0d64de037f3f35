"""Queries that are built and compiled once, and then asked with other values.

Most of what a page of many queries costs is neither the database nor the rows, but building each query anew and writing
it as SQL. Here a query is built with marks in place of its values; of what Django has compiled, only the marks are
replaced. Whatever else iterating a queryset does (models, joined objects, prefetching) stays Django's. A query with
which this is not safe is asked as Django would. `docs/decisions/0018-prepared-queries.md` says what it relies on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connections
from django.db.models import Model, QuerySet

SIZES = (1, 4, 16, 64, 256, 1024)
"""A list of keys is filled up to one of these sizes, by its last key: each size is a query of its own."""

FIRST_MARKS, OTHER_MARKS = 2_100_000_000, 2_100_100_000
"""Two rows of marks begin here: keys of all databases reach so far, and hardly anything is so large."""

LARGEST = 2**63
"""No database takes a number from here on as it is."""

Values = dict[str, Any]
Build = Callable[..., QuerySet[Any]]
Place = tuple[str, int]
"""Where a value belongs: its name, and its number in a list."""


class Prepared:
    """The query that `build` returns for values, given by name: keys, lists of keys, texts, days and moments.

    `build` may depend on nothing but the values, and on the length of a list; an empty list is one of the key 0.
    """

    def __init__(self, build: Build) -> None:
        self.build = build
        self._compiled: dict[Any, _Compiled | None] = {}

    def __call__(self, **values: Any) -> list[Any]:
        """Return what the query finds for `values`."""
        filled = {name: _filled_up(value) for name, value in values.items()}
        shape = tuple((name, _kind(value)) for name, value in filled.items())
        if any(kind is None for _name, kind in shape):
            return self.anew(**values)
        if shape not in self._compiled:
            self._compiled[shape] = _compile(self.build, filled)
        compiled = self._compiled[shape]
        if compiled is None or compiled.queryset.db != compiled.database:
            return self.anew(**values)
        return compiled.rows(filled)

    def anew(self, **values: Any) -> list[Any]:
        """Return what the query finds for `values` when Django builds and compiles it as ever."""
        return list(self.build(**{name: _filled_up(value) for name, value in values.items()}))


def put_under(owners: Iterable[Model], name: str, rows: Iterable[Model], key: str) -> None:
    """Put `rows`, whose column `key` is that of one of `owners`, where `owner.<name>.all()` finds them.

    As prefetching does; several objects may be the same owner.
    """
    found: dict[Any, list[Model]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(row)
    for owner in owners:
        known = owner._meta.get_field(name).related_model._default_manager.none()  # type: ignore[union-attr]  # a model
        known._result_cache = found.get(owner.pk, [])
        owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = known


@dataclass(frozen=True)
class _Compiled:
    """What Django has made of a query. Shared by all threads; nobody changes it."""

    queryset: QuerySet[Any]
    database: str
    compiler: Any
    converters: Any
    sql: str
    parameters: list[Any]
    places: dict[int, Place]
    """Which of the parameters are values; they are None above."""

    def rows(self, values: Values) -> list[Any]:
        """Return what the query finds for `values`."""
        connection = connections[self.database]
        given = _parameters(values, connection)
        parameters = list(self.parameters)
        for number, place in self.places.items():
            parameters[number] = given[place]

        def get_compiler(*_args: Any, **_options: Any) -> Any:
            compiler = copy(self.compiler)
            compiler.connection = connection
            compiler.as_sql = lambda *_args, **_options: (self.sql, tuple(parameters))
            # How values are read depends on the columns alone.
            compiler.get_converters = lambda _columns: self.converters
            return compiler

        found = self.queryset.all()
        found.query.get_compiler = get_compiler  # type: ignore[method-assign]
        return list(found)


def _compile(build: Build, values: Values) -> _Compiled | None:
    """Return the query, or None if its values do not stand in it as they are.

    It is compiled with two rows of marks: nothing but the marks themselves may differ, and none may be missing.
    """
    try:
        one, other = (_compile_with(build, _marks(values, first)) for first in (FIRST_MARKS, OTHER_MARKS))
    except (EmptyResultSet, FullResultSet):
        return None
    is_the_same = (one.sql, one.parameters, one.places) == (other.sql, other.parameters, other.places)
    has_all = set(one.places.values()) == set(_parameters(values, connections[one.database]))
    return one if is_the_same and has_all else None


def _compile_with(build: Build, marks: Values) -> _Compiled:
    queryset = build(**marks)
    connection = connections[queryset.db]
    compiler = queryset.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    known = {mark: place for place, mark in _parameters(marks, connection).items()}
    places = {
        number: known[each] for number, each in enumerate(parameters) if isinstance(each, Hashable) and each in known
    }
    rest = [None if number in places else each for number, each in enumerate(parameters)]
    converters = compiler.get_converters([column for column, *_names in compiler.select])
    compiler.connection = None  # this one is the thread's, which may end
    return _Compiled(queryset, queryset.db, compiler, converters, sql, rest, places)


def _parameters(values: Values, connection: Any) -> dict[Place, Any]:
    """Return each of `values` as the database takes it."""
    found = {}
    for name, value in values.items():
        for number, each in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(each, datetime):
                each = connection.ops.adapt_datetimefield_value(each)
            elif isinstance(each, date):
                each = connection.ops.adapt_datefield_value(each)
            found[name, number] = each
    return found


def _marks(values: Values, first: int) -> Values:
    """Return values of the same kinds as `values`, each of which is like no other."""
    numbers = count(first)

    def mark(value: Any) -> Any:
        number = next(numbers)
        if isinstance(value, datetime):
            return value.replace(year=1000, month=1, day=1, hour=0, minute=0, second=0, microsecond=number % 10**6)
        if isinstance(value, date):
            return date.fromordinal(1 + number % 10**6)
        # With all that is written in another way where it does not stand as it is.
        return f" mArK_{number}%\\'\" " if isinstance(value, str) else number

    return {
        name: [mark(each) for each in value] if isinstance(value, list) else mark(value)
        for name, value in values.items()
    }


def _kind(value: Any) -> Any:
    """Return what values that the same SQL asks for have in common; None for what no SQL is prepared for."""
    if isinstance(value, list):
        return len(value) if len(value) in SIZES and all(_kind(each) is int for each in value) else None
    if type(value) is int:
        return int if -LARGEST <= value < LARGEST else None
    if type(value) is datetime:
        return datetime if value.tzinfo else None
    return type(value) if type(value) in (str, date) else None


def _filled_up(value: Any) -> Any:
    """Return `value`; a collection of keys as a list of one of the `SIZES`, unless it is larger than any of them."""
    if not isinstance(value, Collection) or isinstance(value, str):
        return value
    known = list(value) or [0]
    size = next((size for size in SIZES if size >= len(known)), len(known))
    return [*known, *[known[-1]] * (size - len(known))]
