"""Six servers as a Redis Cluster, three primaries with a replica each, as the store of a suite."""

import socket
import subprocess
from dataclasses import dataclass

from jiebang_client.process import start_all, wait_until
from jiebang_client.redis_call import ask, ask_if_alive, info
from jiebang_client.redis_sentinel import guarded
from jiebang_client.redis_server import RedisServer

_NODE_TIMEOUT_MILLISECONDS = 2000
_SETTLE_SECONDS = 90
_SLOTS = 16384


@dataclass(frozen=True)
class Node:
    """A line of CLUSTER NODES."""

    id: str
    server: RedisServer
    is_primary: bool
    follows: str  # the id of its primary; "-" for a primary
    is_well: bool
    slots: int


class RedisCluster:
    """`hosts`: where the six servers stand; `within(host)`: the command in which what stands there runs; `port`: theirs on
    hosts that are not shared."""

    def __init__(self, directory, hosts=("127.0.0.1",) * 6, within=lambda host: (), port=None):
        clustered = {
            "cluster-enabled": "yes",
            "cluster-config-file": "nodes.conf",
            "cluster-node-timeout": _NODE_TIMEOUT_MILLISECONDS,
            **guarded(),
        }
        # The port of the cluster's bus is 10000 above: low ones leave room for it.
        ports = [port] * len(hosts) if port else _low_ports(len(hosts))
        self.servers = [
            RedisServer(directory, f"redis-{number}", host, port, clustered, within(host))
            for number, (host, port) in enumerate(zip(hosts, ports), 1)
        ]

    def processes(self):
        return self.servers

    def location(self, prefix):
        hosts = ",".join("%s:%d" % each.address for each in self.servers)
        return f"redis+cluster://{hosts}/{prefix}?replicas=1"

    def bring_up(self, environments):
        start_all(self.servers, environments)
        if info(self.servers[0].address, "cluster") and self._known_nodes() == 1:
            addresses = ["%s:%d" % each.address for each in self.servers]
            command = ["redis-cli", "--cluster", "create", *addresses, "--cluster-replicas", "1", "--cluster-yes"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        self.settle()

    def settle(self):
        """Waits until every slot has a primary with a replica that follows it, and every server says so."""
        wait_until(self._is_settled, "a whole cluster", _SETTLE_SECONDS)

    def nodes(self, seen_by=None):
        """What a server says of all; by default the first that answers."""
        for server in [seen_by] if seen_by else self.servers:
            text = ask_if_alive(server.address, "CLUSTER", "NODES")
            if text:
                return [self._node(line.split()) for line in text.splitlines()]
        return []

    def primaries(self):
        """Those that serve slots and are well."""
        return [each for each in self.nodes() if each.is_primary and each.is_well and each.slots]

    def replica_of(self, primary):
        return next(each for each in self.nodes() if each.follows == primary.id)

    def wait_until_replaced(self, primary):
        """Waits until other primaries serve every slot that it served."""

        def is_replaced():
            return any(
                sum(each.slots for each in self.nodes(server) if each.is_primary and each.is_well and each.id != primary.id) == _SLOTS
                for server in self.servers
                if server is not primary.server
            )

        wait_until(is_replaced, f"a replacement of {primary.server.name}", _SETTLE_SECONDS)

    def slots_in_use(self, primary):
        """Its slots that hold keys, ascending."""
        cursor, slots = "0", set()
        while True:
            cursor, keys = ask(primary.server.address, "SCAN", cursor, "COUNT", 1000)
            slots |= {ask(primary.server.address, "CLUSTER", "KEYSLOT", key) for key in keys}
            if cursor == "0":
                return sorted(slots)

    def move_slot(self, slot, source, target, batch=5):
        """Moves a slot with its keys from primary to primary, as the specification of the cluster says and redis-cli does."""
        ask(target.server.address, "CLUSTER", "SETSLOT", slot, "IMPORTING", source.id)
        ask(source.server.address, "CLUSTER", "SETSLOT", slot, "MIGRATING", target.id)
        while keys := ask(source.server.address, "CLUSTER", "GETKEYSINSLOT", slot, batch):
            ask(source.server.address, "MIGRATE", *target.server.address, "", 0, 5000, "KEYS", *keys, seconds=10)
        for node in (target, source):
            ask(node.server.address, "CLUSTER", "SETSLOT", slot, "NODE", target.id)

    def _node(self, words):
        identity, address, flags, follows, slots = words[0], words[1], words[2].split(","), words[3], words[8:]
        host, port = address.split("@")[0].rsplit(":", 1)
        server = next((each for each in self.servers if each.address == (host, int(port))), None)
        is_well = words[7] == "connected" and not {"fail", "fail?", "handshake", "noaddr"} & set(flags)
        return Node(identity, server, "master" in flags, follows, is_well, sum(map(_count, slots)))

    def _known_nodes(self):
        return len(self.nodes(self.servers[0]))

    def _is_settled(self):
        for server in self.servers:
            nodes = self.nodes(server)
            state = ask_if_alive(server.address, "CLUSTER", "INFO") or ""
            primaries = [each for each in nodes if each.is_primary and each.slots]
            followed = {each.follows for each in nodes if not each.is_primary}
            is_whole = "cluster_state:ok" in state and len(nodes) == len(self.servers) and all(each.is_well for each in nodes)
            if not is_whole or not {each.id for each in primaries} <= followed:
                return False
        return all(_is_in_step(server) for server in self.servers)


def _count(slots):
    """How many slots `5461-10922` or `7` are; ones that are being moved stand in brackets and are counted elsewhere."""
    if slots.startswith("["):
        return 0
    first, _, last = slots.partition("-")
    return int(last or first) - int(first) + 1


def _is_in_step(server):
    facts = info(server.address, "replication")
    return facts.get("role") == "master" or facts.get("master_link_status") == "up"


def _low_ports(count):
    ports = []
    for port in range(20000, 30000):
        if len(ports) == count:
            break
        with socket.socket() as probe, socket.socket() as bus:
            try:
                probe.bind(("127.0.0.1", port))
                bus.bind(("127.0.0.1", port + 10000))
            except OSError:
                continue
            ports.append(port)
    return ports
