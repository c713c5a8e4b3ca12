"""The clients' history as operations on recommendation lists, for the checker."""

import operation as op
from history import OK, REFUSED, UNKNOWN
from load import GET_LIST, GET_QUOTA, LIMIT, RECOMMEND, REMOVE
from linearizability import check
from explanation import told
from quota_model import QuotaModel

_CHANGES = {RECOMMEND: op.RECOMMEND, REMOVE: op.REMOVE}
_ABOUT_THE_LIST = {op.EXHAUSTED, op.ALREADY_ON_LIST, op.NOT_ON_LIST}


def findings(history):
    """For each list whose history no order explains: why not."""
    found = []
    for name, operations in by_list(history).items():
        model = QuotaModel(LIMIT)
        rejection = check(model, operations)
        if rejection:
            found.append(f"{name} is not linearizable: {told(model, operations, rejection)}")
    return found


def by_list(history):
    lists = {}
    for invocation in history.invocations(RECOMMEND, REMOVE, GET_LIST, GET_QUOTA):
        lists.setdefault(invocation.about, []).extend(_operations(invocation))
    return lists


def _operations(invocation):
    if invocation.call in _CHANGES:
        yield from _change(invocation)
    elif invocation.outcome == OK:
        yield _reading(invocation)


def _change(invocation):
    """All attempts are one operation, since they carry one request_id. But a refusal is not remembered: it is the last
    attempt's alone, and what the attempts before it began may still happen."""
    kind, application = _CHANGES[invocation.call], _short(invocation.application)
    make = lambda start, end, outcome: op.Operation(invocation.client, kind, start, end, outcome, application)
    if invocation.outcome == OK:
        yield make(invocation.start, invocation.end, op.OK)
        yield _reading(invocation)
        return
    if any(attempt.outcome == UNKNOWN for attempt in invocation.attempts):
        yield make(invocation.start, op.NEVER, op.UNKNOWN)
    last = invocation.attempts[-1]
    if last.outcome == REFUSED and last.reason in _ABOUT_THE_LIST:
        yield make(last.start, last.end, last.reason)


def _reading(invocation):
    """What an answer says of the list was so at some moment before it came; a change says it of a moment after itself."""
    client, start, end = invocation.client, invocation.start, invocation.end
    if "used" in invocation.answer:
        return op.Operation(client, op.READ_USE, start, end, invocation.answer["used"])
    names = frozenset(_short(name) for name in invocation.answer["list"])
    return op.Operation(client, op.READ_LIST, start, end, names)


def _short(application):
    """The applicant's code is enough: in the load each applies once."""
    return application.split("/applicants/")[1].split("/")[0]
