"""What is known, and finding it."""

import os

# The matcher's sums are small: more threads only wait for each other. This must stand before numpy is read.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
