"""How a platform calls: whatever is not answered is repeated with the same request_id until it is."""

import threading

import grpc

from history import OK, REFUSED, UNKNOWN, Attempt, Invocation
from jiebang_client import CallError

ATTEMPT_SECONDS = 5
# For how long an answer is waited for in all; longer than any outage that a fault makes.
PATIENCE_SECONDS = 120
# Answers that say nothing about what happened, and ask to come again.
_COME_AGAIN = {
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.DEADLINE_EXCEEDED,
    grpc.StatusCode.ABORTED,
    grpc.StatusCode.CANCELLED,
}


def says_nothing(error):
    """Whether the caller knows as little as before. A store that is full has no reason of its own, as a quota has."""
    is_full = error.code == grpc.StatusCode.RESOURCE_EXHAUSTED and error.reason in ("", "RESOURCE_EXHAUSTED")
    return error.code in _COME_AGAIN or is_full


class Asking:
    """One client: its name, its numbered requests, and the history that it writes."""

    def __init__(self, name, history):
        self.name = name
        self._history = history
        self._number = 0
        self._pause = threading.Event()  # never set: a wait for it is the pause between attempts

    def read(self, caller, call, about, see, /, **fields):
        """One attempt of a read. `see(answer)`: what the history keeps of it."""
        invocation = Invocation(self.name, call, "", about)
        return self._ask(caller, invocation, see, lambda attempt: False, fields)

    def change(self, caller, call, about, see, application="", /, **fields):
        """A change, repeated until it is answered. The answer; None: refused, or nobody answered."""
        self._number += 1
        invocation = Invocation(self.name, call, f"{self.name}-{self._number}", about, application)
        fields["request_id"] = invocation.request_id
        is_patient = lambda attempt: attempt.end < invocation.start + PATIENCE_SECONDS and not self._history.is_given_up
        return self._ask(caller, invocation, see, is_patient, fields)

    def _ask(self, caller, invocation, see, again, fields):
        self._history.add(invocation)
        pause = 0.02
        while True:
            attempt, answer = self._attempt(caller, invocation.call, fields)
            if attempt.outcome == OK:
                invocation.answer = see(answer)
            self._history.attempted(invocation, attempt)
            if attempt.outcome != UNKNOWN:
                return answer
            self._pause.wait(pause)
            if not again(attempt):
                return answer
            pause = min(2 * pause, 0.3)

    def _attempt(self, caller, call, fields):
        start = self._history.now()
        try:
            answer = caller.call(call, timeout=ATTEMPT_SECONDS, **fields)
        except CallError as error:
            outcome = UNKNOWN if says_nothing(error) else REFUSED
            reason = error.reason if outcome == REFUSED and error.reason else f"{error.code.name} {error.reason}".strip()
            return Attempt(start, self._history.now(), outcome, reason), None
        return Attempt(start, self._history.now(), OK), answer
