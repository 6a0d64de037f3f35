"""How a comment may move from state to state: data, so that it can be read, tested and drawn."""

from ratings.models.comment import State

SOURCES: dict[State, frozenset[State]] = {
    State.PENDING: frozenset({State.PUBLISHED, State.HIDDEN, State.REJECTED, State.SPAM}),
    State.PUBLISHED: frozenset({State.PENDING, State.PUBLISHED, State.HIDDEN, State.REJECTED, State.SPAM}),
    State.HIDDEN: frozenset({State.PENDING, State.PUBLISHED}),
    State.REJECTED: frozenset({State.PENDING, State.PUBLISHED, State.HIDDEN, State.SPAM}),
    State.SPAM: frozenset({State.PENDING, State.PUBLISHED, State.HIDDEN, State.REJECTED}),
    State.DELETED: frozenset({State.PENDING, State.PUBLISHED, State.HIDDEN, State.REJECTED, State.SPAM}),
    State.ERASED: frozenset(set(State) - {State.ERASED}),
}
"""For every state, the states from which a comment may come into it. Nothing leaves `erased`.

To publish what is published means: it stays. That answers its reports."""


def targets(state: State) -> frozenset[State]:
    """Return the states into which a comment in `state` may move."""
    return frozenset(target for target, sources in SOURCES.items() if state in sources)
