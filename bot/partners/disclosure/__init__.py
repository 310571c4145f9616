"""The gate: attacks what partners would be told, with everything they were told before. See docs/disclosure.md.

telling.py      what is printed, and the interval that a printed count leaves
counting.py     the unknown numbers behind the tables, and every sum that readers know of them
solving.py      how low and how high each cell can be, by linear and integer programs
hanging.py      one-way tables that hang on a total alone: solved by arithmetic
attacking.py    the readers, and the verdict
"""
