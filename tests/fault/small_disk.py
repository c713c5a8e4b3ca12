"""A disk of a few megabytes, to be filled and freed."""

import errno
import subprocess


class SmallDisk:
    """Stands at `place`, which may hold files afterwards. Needs a mount name space in which that harms nobody."""

    def __init__(self, place, megabytes):
        place.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", place], check=True)
        self._place, self._ballast = place, place / "ballast"

    def fill(self):
        """To the last byte, or near it: others write, too."""
        with self._ballast.open("ab", buffering=0) as ballast:
            for size in (1 << 20, 1 << 12):
                try:
                    while True:
                        ballast.write(bytes(size))
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise

    def free(self):
        self._ballast.unlink()

    def remove(self):
        subprocess.run(["umount", "--lazy", self._place], check=True)
