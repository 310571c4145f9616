"""What is said next: pure functions over frozen data."""

import knowledge  # noqa: F401 - which settles numpy's threads, and must come before numpy
