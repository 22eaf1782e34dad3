"""The rules of the house as functions: each takes a source and answers the faults in it.

`tests/test_house.py` holds them against the whole repository, and against a bad sample each.
"""
