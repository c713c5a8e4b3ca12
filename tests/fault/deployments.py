"""How the suite is deployed in a round."""

from jiebang_client import EmbeddedSuite, SeparateSuite
from link import LinkedRedis
from small_disk import SmallDisk


def in_one_process(directory, clock_start):
    """`jiebang serve --all` on SQLite."""
    return EmbeddedSuite(directory, clock_start)


def on_sqlite(directory, clock_start):
    """A process a service, each on its SQLite file."""
    return SeparateSuite(directory, clock_start, store="sqlite")


def on_redis(directory, clock_start):
    """A process a service, all on one Redis."""
    return SeparateSuite(directory, clock_start, store="redis")


def on_linked_redis(directory, clock_start):
    """The same; the network between them and Redis can be cut."""
    return SeparateSuite(directory, clock_start, store=LinkedRedis)


def in_one_process_on_small_disk(directory, clock_start):
    disk = SmallDisk(directory / "data", megabytes=64)
    suite = in_one_process(directory, clock_start)
    suite.disk = disk
    return suite


def on_redis_on_small_disk(directory, clock_start):
    disk = SmallDisk(directory / "redis", megabytes=32)
    suite = on_redis(directory, clock_start)
    suite.disk = disk
    return suite
