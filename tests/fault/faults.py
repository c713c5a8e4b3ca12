"""Every fault, in the order in which they are tried."""

import broken_build
import clusters
import failovers
import full_disk
import kills
import partitions
import slow_disk
import truncated_tail


def all_faults():
    modules = (broken_build, kills, partitions, truncated_tail, full_disk, slow_disk, failovers, clusters)
    for module in modules:
        yield from module.faults()
