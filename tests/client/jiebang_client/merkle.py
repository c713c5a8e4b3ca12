"""The trees of the sealed journal worked out by themselves: RFC 6962 by its definition, nothing taken from the suite."""

import hashlib
import struct

# What each suite of the seal hashes with.
HASHES = {"SEAL_SUITE_ED25519_SHA256": "sha256", "SEAL_SUITE_SM2_SM3": "sm3"}


def leaf_bytes(shard, entry):
    """What is sealed of an entry (docs/seal.md)."""
    texts = [entry.partition.encode(), entry.type.encode(), entry.resource.encode(), entry.payload]
    return struct.pack(">IQ", shard, entry.sequence) + b"".join(struct.pack(">I", len(text)) + text for text in texts)


class Tree:
    def __init__(self, suite):
        self._name = HASHES[suite]

    def hash(self, data):
        return hashlib.new(self._name, data).digest()

    def leaf(self, data):
        return self.hash(b"\x00" + data)

    def node(self, left, right):
        return self.hash(b"\x01" + left + right)

    def root(self, leaves):
        """Of leaf hashes (RFC 6962, 2.1)."""
        if not leaves:
            return self.hash(b"")
        if len(leaves) == 1:
            return leaves[0]
        half = _largest_power_below(len(leaves))
        return self.node(self.root(leaves[:half]), self.root(leaves[half:]))

    def root_by_path(self, leaf, index, size, path):
        """The root that an audit path leads to (RFC 6962, 2.1.1, read backwards)."""
        if size == 1:
            assert not path
            return leaf
        half = _largest_power_below(size)
        if index < half:
            return self.node(self.root_by_path(leaf, index, half, path[:-1]), path[-1])
        return self.node(path[-1], self.root_by_path(leaf, index - half, size - half, path[:-1]))


def _largest_power_below(size):
    power = 1
    while 2 * power < size:
        power *= 2
    return power
