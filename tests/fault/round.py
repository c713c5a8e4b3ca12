"""One round of a fault: a new suite, the load, the fault, the verdict. What happens by chance follows from the seed."""

import random
from dataclasses import dataclass
from typing import Callable

import verdict
from jiebang_client.paperwork import shanghai
from jiebang_client.world import World
from load import Load

PROGRAMME = "pilot-demonstration-2023"
START = shanghai(2023, 8, 10, 9).isoformat()


@dataclass(frozen=True)
class Fault:
    """`happen(round)` does the damage under load and heals it; `deploy(directory, clock_start)` makes the suite.
    `quick`, `full`: how many rounds it is tried in. `environments(directory)`: more variables for processes, by their names. `judge(round)`:
    what is wrong afterwards, when that is not what verdict.py says."""

    name: str
    deploy: Callable
    happen: Callable
    quick: int = 1
    full: int = 10
    environments: Callable = lambda directory: {}
    judge: Callable = None


class Round:
    """What a fault works with."""

    def __init__(self, fault, seed, directory):
        self.fault = fault
        self.seed = seed
        self.directory = directory
        self.source = random.Random(f"{fault.name} {seed}")
        self.suite = fault.deploy(directory, START)
        self._environments = fault.environments(directory)
        self.load = None
        self.notes = []  # what the reader of a round that passed should see, too

    @property
    def history(self):
        return self.load.history

    def run(self):
        """What is wrong afterwards: a list of findings, empty when all is well."""
        try:
            self.suite.start(self._environments)
            self.load = Load(World(self.suite, PROGRAMME), self.seed)
            self.load.prepare()
            self.load.start()
            try:
                self.fault.happen(self)
                self.work()
            except BaseException:
                self.load.give_up()
                raise
            self.load.stop()
            return (self.fault.judge or _judge)(self)
        finally:
            self.suite.close()
            for each in getattr(self.suite, "surroundings", ()):
                each.remove()

    # --- what a fault says

    def work(self, least=60, most=300):
        """Lets the clients come on by so many answers."""
        self.history.wait_for(answered=self.source.randint(least, most))

    def hurt(self, calls=1):
        """Until so many calls went without an answer."""
        self.history.wait_for(unanswered=calls)

    def try_on(self, least=5, most=40):
        """Until so many calls were made, whatever came of them."""
        self.history.wait_for_attempts(self.source.randint(least, most))

    def restart(self):
        """What Kubernetes would do: starts the processes that do not run."""
        self.suite.start(self._environments)


def _judge(round):
    return verdict.findings(round.load.world, round.load)
