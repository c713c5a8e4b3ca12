"""nginx with the configuration that is shipped, at addresses of a test's own."""

import os
import shutil
import socket

from jiebang_client.contracts import ROOT
from jiebang_client.process import Process, wait_until
from jiebang_client.redis_server import free_port

SHIPPED = ROOT / "deploy" / "proxy"


class Proxy:
    """nginx in front of two upstreams, as nginx writes them (`127.0.0.1:80`, `unix:/x.sock`). `pair` is its own certificate,
    `clients` the authority of those that it takes."""

    def __init__(self, directory, pair, clients, grpc_upstream, http_upstream="127.0.0.1:9"):
        self.grpc_address = f"127.0.0.1:{free_port()}"
        self.http_address = f"127.0.0.1:{free_port()}"
        files = directory / "etc"
        (files / "tls").mkdir(parents=True)
        (directory / "tmp").mkdir()
        for shipped in SHIPPED.glob("*.conf"):
            shutil.copy(shipped, files)
        (files / "listen-grpc.conf").write_text(f"listen {self.grpc_address} ssl http2;\n")
        (files / "listen-http.conf").write_text(f"listen {self.http_address} ssl http2;\n")
        (files / "upstreams.conf").write_text(
            f"upstream gateway_grpc {{ server {grpc_upstream}; keepalive 32; }}\n"
            f"upstream gateway_http {{ server {http_upstream}; keepalive 32; }}\n"
        )
        shutil.copy(pair.certificate, files / "tls" / "tls.crt")
        shutil.copy(pair.key, files / "tls" / "tls.key")
        shutil.copy(clients.certificate, files / "tls" / "ca.crt")
        # Workers of a root's nginx become somebody else, whom the directories of a test do not let in.
        as_root = " user root;" if os.geteuid() == 0 else ""
        self.argv = ["nginx", "-p", directory, "-c", files / "nginx.conf", "-g", f"daemon off;{as_root}"]
        self._process = Process("nginx", self.argv, directory)

    def __enter__(self):
        self._process.start()
        for address in (self.grpc_address, self.http_address):
            wait_until(lambda address=address: self._is_open(address), f"nginx on {address}")
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()

    def _is_open(self, address):
        if not self._process.is_running:
            raise RuntimeError(f"nginx ended:\n{self._process.log_tail()}")
        host, port = address.split(":")
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
            return True
        except OSError:
            return False
