"""A Redis of our own, that forgets nothing it acknowledged: AOF with a sync for every write."""

import socket

from jiebang_client.process import Process


def free_port():
    """A port that nobody listens on now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class RedisServer(Process):
    def __init__(self, directory):
        self.port = free_port()
        (directory / "redis").mkdir(exist_ok=True)
        super().__init__(
            "redis",
            ["redis-server", "--bind", "127.0.0.1", "--port", self.port, "--dir", directory / "redis"]
            + ["--save", "", "--appendonly", "yes", "--appendfsync", "always"],
            directory,
            ready="Ready to accept connections",
        )
