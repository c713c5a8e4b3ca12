"""How the suite is deployed in a round."""

from hosts import Hosts
from jiebang_client import EmbeddedSuite, SeparateSuite
from jiebang_client.redis_cluster import RedisCluster
from jiebang_client.redis_sentinel import RedisSentinel
from jiebang_client.suite import BIN
from link import LinkedRedis
from small_disk import SmallDisk


def in_one_process(directory, clock_start, program=BIN / "jiebang"):
    """`jiebang serve --all` on SQLite."""
    return EmbeddedSuite(directory, clock_start, program=program)


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
    suite.disk, suite.surroundings = disk, [disk]
    return suite


def on_redis_on_small_disk(directory, clock_start):
    disk = SmallDisk(directory / "redis", megabytes=32)
    suite = on_redis(directory, clock_start)
    suite.disk, suite.surroundings = disk, [disk]
    return suite


def on_sentinel(directory, clock_start):
    """A process a service; a primary with two replicas and three sentinels."""
    return SeparateSuite(directory, clock_start, store=RedisSentinel)


def on_cluster(directory, clock_start):
    """A process a service; a cluster of three primaries with a replica each."""
    return SeparateSuite(directory, clock_start, store=RedisCluster)


def on_sentinel_hosts(directory, clock_start, confirming=1):
    """The same as on_sentinel; each server with its sentinel on a host of its own."""
    hosts = Hosts(3)
    make = lambda directory: RedisSentinel(directory, hosts.addresses, hosts.within, (6379, 26379), confirming)
    return _among(hosts, SeparateSuite(directory, clock_start, store=make))


def on_cluster_hosts(directory, clock_start):
    """The same as on_cluster; each server on a host of its own."""
    hosts = Hosts(6)
    make = lambda directory: RedisCluster(directory, hosts.addresses, hosts.within, port=6379)
    return _among(hosts, SeparateSuite(directory, clock_start, store=make))


def _among(hosts, suite):
    suite.hosts, suite.surroundings = hosts, [hosts]
    return suite
