"""Every fault, in the order in which they are tried."""

import clusters
import failovers
import full_disk
import kills
import known_bad
import partitions
import slow_disk
import truncated_tail


def all_faults():
    modules = (known_bad, kills, partitions, truncated_tail, full_disk, slow_disk, failovers, clusters)
    for module in modules:
        yield from module.faults()
