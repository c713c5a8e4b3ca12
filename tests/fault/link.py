"""A network link that can be cut: a proxy for TCP between the services and one Redis."""

import socket
import threading

from jiebang_client.redis_server import RedisServer, free_port


class Gate:
    """One direction. When `close` has come back nothing passes any more."""

    def __init__(self):
        self._changed = threading.Condition()
        self._is_open = True

    def open(self):
        with self._changed:
            self._is_open = True
            self._changed.notify_all()

    def close(self):
        with self._changed:
            self._is_open = False

    def pass_on(self, send, data):
        with self._changed:
            self._changed.wait_for(lambda: self._is_open)
            send(data)


class Link:
    """Listens on `port` and leads to `target`, both on loopback."""

    def __init__(self, target):
        self.port = free_port()
        self._target = target
        self._questions, self._answers = Gate(), Gate()
        self._pairs = set()
        self._lock = threading.Lock()
        self._listen()

    # --- what can be done to it

    def stall(self):
        """Connections stay, and new ones are taken, but nothing arrives: as when a switch drops every packet."""
        self._questions.close()
        self._answers.close()

    def stall_answers(self):
        """What is asked arrives, and no answer comes back."""
        self._answers.close()

    def cut(self):
        """Ends the connections that there are; new ones are taken."""
        with self._lock:
            pairs, self._pairs = self._pairs, set()
        for pair in pairs:
            for end in pair:
                _reset(end)

    def refuse(self):
        """Ends the connections that there are, and refuses new ones."""
        listener, self._listener = self._listener, None
        if listener:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        self.cut()

    def heal(self):
        """What stood still goes on; new connections are taken."""
        self._questions.open()
        self._answers.open()
        if self._listener is None:
            self._listen()

    # --- how it works

    def _listen(self):
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener):
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                _reset(near)
                continue
            pair = (near, far)
            with self._lock:
                self._pairs.add(pair)
            for source, sink, gate in ((near, far, self._questions), (far, near, self._answers)):
                sink.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._carry, args=(source, sink, gate, pair), daemon=True).start()

    def _carry(self, source, sink, gate, pair):
        try:
            while data := source.recv(1 << 16):
                gate.pass_on(sink.sendall, data)
        except OSError:
            pass
        with self._lock:
            self._pairs.discard(pair)
        for end in pair:
            _reset(end)


def _reset(end):
    try:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    end.close()


class LinkedRedis(RedisServer):
    """A Redis that services reach over a Link."""

    def __init__(self, directory):
        super().__init__(directory)
        self.link = Link(self.port)

    def location(self, prefix):
        return f"redis://127.0.0.1:{self.link.port}/{prefix}"
