"""The gate: attacks what partners would be told, with everything they were told before. See docs/disclosure.md.

telling.py      what is printed, and the interval that a printed count leaves
counting.py     the unknown numbers behind the tables
summing.py      every sum of them that readers know
solving.py      how low and how high each sum can be, by linear and integer programs
reading.py      what one reader can deduce, quarter by quarter
hanging.py      one-way tables that hang on a total alone: solved by arithmetic
attacking.py    the readers, and the verdict
"""
