"""A Redis of our own, that forgets nothing it acknowledged: AOF with a sync for every write."""

import socket
from contextlib import ExitStack

from jiebang_client.process import Process, start_all

# What a server must be told for Jiebang to accept it.
DURABLE = {"save": '""', "appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction"}


def free_port(host="127.0.0.1"):
    """A port that nobody listens on now."""
    return free_ports(1, host)[0]


def free_ports(count, host="127.0.0.1"):
    """So many of them, all different."""
    with ExitStack() as stack:
        taken = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in taken:
            each.bind((host, 0))
        return [each.getsockname()[1] for each in taken]


class RedisServer(Process):
    """One server; also the store of a suite on it. Its settings stand in a file, so that it can write down what others tell
    it, such as whose replica it is. `settings`: more of them, by name; `within`: a command that it runs in."""

    def __init__(self, directory, name="redis", host="127.0.0.1", port=None, settings=None, within=()):
        self.address = (host, port or free_port())
        self.data = directory / name
        self.data.mkdir(exist_ok=True)
        all_settings = {"bind": host, "port": self.port, "dir": self.data, "protected-mode": "no", **DURABLE}
        all_settings |= settings or {}
        file = directory / f"{name}.conf"
        file.write_text("".join(f"{key} {value}\n" for key, value in all_settings.items()))
        super().__init__(name, [*within, "redis-server", file], directory, ready="Ready to accept connections")

    @property
    def host(self):
        return self.address[0]

    @property
    def port(self):
        return self.address[1]

    # --- the store of a suite

    def processes(self):
        return [self]

    def bring_up(self, environments):
        start_all([self], environments)

    def location(self, prefix):
        return f"redis://{self.host}:{self.port}/{prefix}"
