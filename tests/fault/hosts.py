"""Hosts with a network of their own each, that can be cut from each other and from the services: name spaces that are routed
through the one in which the run stands. Needs to be in a network name space in which that harms nobody."""

import itertools
import subprocess


class Hosts:
    """`addresses` of so many hosts. A cut drops every packet and tells nobody."""

    _numbers = itertools.count(1)

    def __init__(self, count):
        self._names = {}
        _ip("link", "set", "lo", "up")
        with open("/proc/sys/net/ipv4/ip_forward", "w") as forwarding:
            forwarding.write("1")
        for _ in range(count):
            self._add(next(self._numbers))
        self._cuts = []

    @property
    def addresses(self):
        return list(self._names)

    def within(self, address):
        """The command in which a program runs on that host."""
        return ("ip", "netns", "exec", self._names[address])

    def cut(self, one, others):
        """Between one host and others."""
        for other in others:
            for source, sink in ((one, other), (other, one)):
                rule = ("from", source, "to", sink, "blackhole")
                _ip("rule", "add", *rule)
                self._cuts.append(("rule", "del", *rule))

    def isolate(self, address):
        """From everybody, the services too."""
        name = self._names[address]
        _ip("link", "set", name, "down")
        self._cuts.append(("link", "set", name, "up"))

    def heal(self):
        cuts, self._cuts = self._cuts, []
        for undo in cuts:
            _ip(*undo)

    def remove(self):
        for name in self._names.values():
            _ip("netns", "delete", name)

    def _add(self, number):
        name, here, there = f"jb{number}", f"10.77.{number}.1", f"10.77.{number}.2"
        _ip("netns", "add", name)
        _ip("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name)
        _ip("address", "add", f"{here}/30", "dev", name)
        _ip("link", "set", name, "up")
        for command in (
            ("link", "set", "lo", "up"),
            ("address", "add", f"{there}/30", "dev", "eth0"),
            ("link", "set", "eth0", "up"),
            ("route", "add", "default", "via", here),
        ):
            _ip("-n", name, *command)
        self._names[there] = name


def _ip(*arguments):
    subprocess.run(["ip", *arguments], check=True)
