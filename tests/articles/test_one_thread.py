import os
import subprocess
import sys
from pathlib import Path

import pytest

# A process as it is in production, and then as much arithmetic as makes OpenBLAS start its threads.
PROGRAM = """
import django, os
django.setup()
import articles.importing.running, articles.provenance.steps
from articles.language.entities import recognise
recognise("قال رئيس الوزراء سالم الخطيب إن الميناء باقٍ")
before = len(os.listdir("/proc/self/task"))
import numpy
square = numpy.ones((700, 700), dtype=numpy.float32)
square @ square
print(before, len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="this system does not show a process's threads")
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core has one thread anyway")
def test_a_process_computes_on_one_thread_whatever_imports_numpy_first():
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "1"]
