"""One command to one Redis, for tests that look at servers and steer them."""

import socket


class RedisError(Exception):
    """What the server answered instead."""


def ask(address, *command, seconds=3):
    """The answer: bytes as str, integers, None, lists of these. OSError when it cannot be reached; RedisError."""
    with socket.create_connection(address, timeout=seconds) as connection, connection.makefile("rwb") as stream:
        parts = [str(part).encode() for part in command]
        stream.write(b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts))
        stream.flush()
        return _reply(stream)


def ask_if_alive(address, *command, seconds=1):
    """The same; None when it cannot be reached or refuses."""
    try:
        return ask(address, *command, seconds=seconds)
    except (OSError, RedisError):
        return None


def info(address, section):
    """A section of INFO as a dict; empty when the server cannot be reached."""
    text = ask_if_alive(address, "INFO", section) or ""
    return dict(line.split(":", 1) for line in text.splitlines() if ":" in line)


def _reply(stream):
    line = stream.readline()
    if not line.endswith(b"\r\n"):
        raise ConnectionError("the connection ended within an answer")
    kind, rest = line[:1], line[1:-2].decode()
    if kind == b"+":
        return rest
    if kind == b"-":
        raise RedisError(rest)
    if kind == b":":
        return int(rest)
    if kind == b"$":
        return None if rest == "-1" else stream.read(int(rest) + 2)[:-2].decode(errors="replace")
    return None if rest == "-1" else [_reply(stream) for _ in range(int(rest))]
