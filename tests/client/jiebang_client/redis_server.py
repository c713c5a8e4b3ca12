"""A Redis of our own, that forgets nothing it acknowledged: AOF with a sync for every write."""

import socket

from jiebang_client.process import Process

# What a server must be told for Jiebang to accept it.
DURABLE = ("--save", "", "--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction")


def free_port():
    """A port that nobody listens on now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class RedisServer(Process):
    """One server; also the store of a suite on it."""

    def __init__(self, directory, name="redis", port=None, bind="127.0.0.1", argv=()):
        self.host = bind
        self.port = port or free_port()
        self.data = directory / name
        self.data.mkdir(exist_ok=True)
        super().__init__(
            name,
            ["redis-server", "--bind", bind, "--port", self.port, "--dir", self.data, *DURABLE, *argv],
            directory,
            ready="Ready to accept connections",
        )

    # --- the store of a suite

    def processes(self):
        return [self]

    def settle(self):
        """Nothing is left to be done once it is ready."""

    def location(self, prefix):
        return f"redis://{self.host}:{self.port}/{prefix}"
