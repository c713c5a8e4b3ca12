"""Every fault, in the order in which they are tried."""

import full_disk
import kills
import partitions
import slow_disk
import truncated_tail


def all_faults():
    for module in (kills, partitions, truncated_tail, full_disk, slow_disk):
        yield from module.faults()
