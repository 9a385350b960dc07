"""The process that outlives its makers, to stop an embedded PostgreSQL when its last user is gone.

    python -m newsdesk.embedded_supervisor DATA_FOLDER DESCRIPTOR

DESCRIPTOR is the inherited, already locked `supervisor.lock`. It sleeps in the kernel and costs no time while waiting.
"""

import sys
from pathlib import Path

from newsdesk.embedded import Cluster

GRACE_SECONDS = 2.0  # commands that follow one another find the server still warm


def main(data_folder: str, descriptor: str) -> None:
    Cluster(Path(data_folder)).supervise(int(descriptor), GRACE_SECONDS)


if __name__ == "__main__":
    main(*sys.argv[1:])
