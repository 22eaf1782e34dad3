"""The register import's own rules, pure: which column is what, what a word is worth, what a row says.

`plan.describe()` reads a file into an `ImportPlan`; `mapping` documents the mapping file. Nothing here
knows the database: whether a row is already there, and its level, are added by the services.
"""
