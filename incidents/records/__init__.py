"""Complaints and incidents that were written down elsewhere: what a file or a program says of each."""
