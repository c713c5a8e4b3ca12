"""What the clients know: every attempt of every call, when it was made and what was answered. Kept by them, not by the suite."""

import json
import threading
import time
from dataclasses import asdict, dataclass, field

# Outcomes of an attempt.
OK = "ok"
REFUSED = "refused"  # the suite has decided: nothing was changed
UNKNOWN = "unknown"  # nobody can say; to be repeated with the same request_id


@dataclass
class Attempt:
    start: float
    end: float
    outcome: str
    reason: str = ""  # of a refusal, or the code and reason of an answer that says nothing


@dataclass
class Invocation:
    """One thing that a client wanted, with all its attempts; they carry one request_id."""

    client: str
    call: str
    request_id: str
    about: str  # the resource
    application: str = ""  # what is recommended or removed
    attempts: list = field(default_factory=list)
    answer: dict = field(default_factory=dict)  # what matters of the answer, when the last attempt was OK

    @property
    def outcome(self):
        return self.attempts[-1].outcome

    @property
    def reason(self):
        return self.attempts[-1].reason

    @property
    def start(self):
        return self.attempts[0].start

    @property
    def end(self):
        return self.attempts[-1].end


class History:
    """Thread-safe. Lets others wait for what the clients have seen."""

    def __init__(self):
        self._began = time.monotonic()
        self._invocations = []
        self._changed = threading.Condition()
        self.answered = 0
        self.unanswered = 0
        self.is_given_up = False  # what is not answered now will not be asked for again

    def now(self):
        """Seconds since the history began."""
        return time.monotonic() - self._began

    def add(self, invocation):
        with self._changed:
            self._invocations.append(invocation)

    def attempted(self, invocation, attempt):
        with self._changed:
            invocation.attempts.append(attempt)
            if attempt.outcome == UNKNOWN:
                self.unanswered += 1
            else:
                self.answered += 1
            self._changed.notify_all()

    def wait_for(self, answered=0, unanswered=0, seconds=180):
        """Until so many more attempts were answered, or went without."""
        with self._changed:
            answered, unanswered = self.answered + answered, self.unanswered + unanswered
            enough = lambda: self.answered >= answered and self.unanswered >= unanswered
            if not self._changed.wait_for(enough, seconds):
                raise TimeoutError(
                    f"the clients' calls stand still: {self.answered} of {answered} answered, "
                    f"{self.unanswered} of {unanswered} unanswered after {seconds} s"
                )

    def wait_for_attempts(self, count, seconds=180):
        """Until so many more attempts have ended."""
        with self._changed:
            enough = self.answered + self.unanswered + count
            if not self._changed.wait_for(lambda: self.answered + self.unanswered >= enough, seconds):
                raise TimeoutError(f"{count} more calls did not end within {seconds} s")

    def invocations(self, *calls):
        """Those that were attempted; of these calls, or all."""
        with self._changed:
            return [each for each in self._invocations if each.attempts and (not calls or each.call in calls)]

    def acknowledged(self, *calls):
        return [each for each in self.invocations(*calls) if each.outcome == OK]

    def write(self, file):
        """One line of JSON an invocation, ascending by its start."""
        lines = [json.dumps(asdict(each), ensure_ascii=False) for each in sorted(self.invocations(), key=lambda each: each.start)]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, file):
        """What `write` wrote."""
        history = cls()
        for line in file.read_text(encoding="utf-8").splitlines():
            fields = json.loads(line)
            fields["attempts"] = [Attempt(**attempt) for attempt in fields["attempts"]]
            history.add(Invocation(**fields))
        return history
