"""A primary with replicas, watched by sentinels, as the store of a suite."""

from jiebang_client.process import Process, start_all, wait_until
from jiebang_client.redis_call import ask_if_alive, info
from jiebang_client.redis_server import RedisServer, free_port

MASTER = "jiebang"
_DOWN_AFTER_MILLISECONDS = 2000
_SETTLE_SECONDS = 90


def guarded(confirming=1):
    """Settings of a primary that takes no writes when it has lost its replicas, so that what it alone knows stays little."""
    return {"min-replicas-to-write": confirming, "min-replicas-max-lag": 5}


class Sentinel(Process):
    """Judges whether the primary is down. It writes what it learns to its file."""

    def __init__(self, directory, name, primary, quorum, host="127.0.0.1", port=None, within=()):
        self.address = (host, port or free_port())
        data, file = directory / name, directory / f"{name}.conf"
        data.mkdir(exist_ok=True)
        lines = [f"bind {host}", f"port {self.address[1]}", f"dir {data}", "protected-mode no"]
        lines += [f"sentinel monitor {MASTER} {primary[0]} {primary[1]} {quorum}"]
        lines += [f"sentinel down-after-milliseconds {MASTER} {_DOWN_AFTER_MILLISECONDS}"]
        lines += [f"sentinel failover-timeout {MASTER} {3 * _DOWN_AFTER_MILLISECONDS}"]
        lines += [f"sentinel parallel-syncs {MASTER} 2"]
        file.write_text("\n".join(lines) + "\n")
        super().__init__(name, [*within, "redis-server", file, "--sentinel"], directory, ready="+monitor master")


class RedisSentinel:
    """`hosts`: where the servers stand, one of each; `within(host)`: the command in which what stands there runs; `ports`: of
    a server and a sentinel on hosts that are not shared; `confirming`: how many replicas must have what is acknowledged."""

    def __init__(self, directory, hosts=("127.0.0.1",) * 3, within=lambda host: (), ports=(None, None), confirming=1):
        self.servers = []
        self._confirming = confirming
        for number, host in enumerate(hosts, 1):
            replica = {"replicaof": "%s %d" % self.servers[0].address} if self.servers else {}
            self.servers.append(
                RedisServer(directory, f"redis-{number}", host, ports[0], {**guarded(confirming), **replica}, within(host))
            )
        primary = self.servers[0].address
        self.sentinels = [
            Sentinel(directory, f"sentinel-{number}", primary, 2, host, ports[1], within(host))
            for number, host in enumerate(hosts, 1)
        ]

    def processes(self):
        return [*self.servers, *self.sentinels]

    def location(self, prefix):
        hosts = ",".join("%s:%d" % each.address for each in self.sentinels)
        return f"redis+sentinel://{hosts}/{prefix}?master={MASTER}&replicas={self._confirming}"

    def bring_up(self, environments):
        start_all(self.servers, environments)
        if not any(each.is_running for each in self.sentinels):
            # Sentinels ask for replicas when they start, and then every ten seconds.
            wait_until(lambda: any(_replicas(each) >= 1 for each in self.servers), "a replica", _SETTLE_SECONDS)
        start_all(self.sentinels, environments)
        self.settle()

    def settle(self):
        """Waits until there is one primary, all others follow it, and the sentinels agree."""
        wait_until(self._is_settled, "one primary with all its replicas", _SETTLE_SECONDS)

    def primary(self):
        """The server that the sentinels name; None while they do not agree."""
        named = [ask_if_alive(each.address, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER) for each in self.sentinels]
        named = [(host, int(port)) for host, port in filter(None, named)]
        if not named or named.count(named[0]) != len(named):
            return None
        return next(each for each in self.servers if each.address == named[0])

    def replicas(self):
        primary = self.primary()
        return [each for each in self.servers if each is not primary]

    def wait_for_another_primary(self, than):
        """The server that was promoted in its place, whatever `than` thinks of itself."""

        def another():
            others = [each for each in self.servers if each is not than]
            return next((each for each in others if info(each.address, "replication").get("role") == "master"), None)

        return wait_until(another, f"another primary than {than.name}", _SETTLE_SECONDS)

    def _is_settled(self):
        primary = self.primary()
        return primary is not None and _replicas(primary) == len(self.servers) - 1 and self._sentinels_know_all()

    def _sentinels_know_all(self):
        for sentinel in self.sentinels:
            facts = ask_if_alive(sentinel.address, "SENTINEL", "MASTER", MASTER)
            if facts is None:
                return False
            facts = dict(zip(facts[::2], facts[1::2]))
            others = int(facts["num-other-sentinels"]) + 1
            known = int(facts["num-slaves"]) + 1
            if facts["flags"] != "master" or others < len(self.sentinels) or known < len(self.servers):
                return False
        return True


def _replicas(server):
    """How many replicas follow it and have all that it has."""
    facts = info(server.address, "replication")
    online = [value for key, value in facts.items() if key.startswith("slave") and "state=online" in value]
    return len(online) if facts.get("role") == "master" else 0
