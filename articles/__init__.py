import os

# The matrices of one article are small: on several threads they cost ten times the processor time and save none.
# numpy reads this when it is first imported, and nothing that imports it comes before this package.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
