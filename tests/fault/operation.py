"""One operation on a recommendation list as its client saw it: what was asked, when, and what was known of it afterwards."""

from dataclasses import dataclass, replace

RECOMMEND = "recommend"
REMOVE = "remove"
READ_USE = "read the use"
READ_LIST = "read the list"

OK = "ok"
UNKNOWN = "unknown"
# Refusals that say something about the list.
EXHAUSTED = "QUOTA_EXHAUSTED"
ALREADY_ON_LIST = "ALREADY_RECOMMENDED"
NOT_ON_LIST = "NOT_RECOMMENDED"

NEVER = float("inf")


@dataclass(frozen=True)
class Operation:
    """`start` and `end` are of one monotonic clock. It took effect at one moment between them, if it has an outcome; one
    whose outcome is UNKNOWN (`end` is NEVER) at any moment after its start, or not at all.

    `outcome`: OK or a refusal for changes; a number for READ_USE; a frozenset of applications for READ_LIST."""

    client: str
    kind: str
    start: float
    end: float
    outcome: object
    application: str = ""

    @property
    def is_known(self):
        return self.outcome != UNKNOWN

    @property
    def may_change(self):
        """Whether the list can be another one after it."""
        return self.kind in (RECOMMEND, REMOVE) and self.outcome in (OK, UNKNOWN)

    def forgotten(self):
        """The same operation for somebody who has not heard its answer."""
        return replace(self, end=NEVER, outcome=UNKNOWN)

    def __str__(self):
        what = f"{self.kind} {self.application}" if self.application else self.kind
        outcome = "{" + ", ".join(sorted(self.outcome)) + "}" if isinstance(self.outcome, frozenset) else self.outcome
        end = "..." if self.end == NEVER else f"{self.end:.6f}"
        return f"[{self.start:.6f} - {end}] {self.client}: {what} -> {outcome}"
