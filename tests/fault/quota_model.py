"""What a recommendation list is when one call comes after the other: a set of applications, never more than the limit."""

import operation as op


class QuotaModel:
    """A state is a frozenset of applications."""

    def __init__(self, limit):
        self.limit = limit
        self.beginning = frozenset()

    def after(self, state, operation):
        """The state after the operation, if it can have its outcome in this state; None: it can not.

        For one whose outcome is unknown: the state when it happens here. None where that would change nothing, since
        such an operation may as well not happen."""
        return getattr(self, "_" + operation.kind.replace(" ", "_"))(state, operation)

    def _recommend(self, state, operation):
        is_new, has_room = operation.application not in state, len(state) < self.limit
        if operation.outcome in (op.OK, op.UNKNOWN):
            return state | {operation.application} if is_new and has_room else None
        if operation.outcome == op.ALREADY_ON_LIST:
            return None if is_new else state
        return state if is_new and not has_room else None

    def _remove(self, state, operation):
        is_there = operation.application in state
        if operation.outcome in (op.OK, op.UNKNOWN):
            return state - {operation.application} if is_there else None
        return None if is_there else state

    def _read_the_use(self, state, operation):
        return state if len(state) == operation.outcome else None

    def _read_the_list(self, state, operation):
        return state if state == operation.outcome else None
