"""The two database roles: the owner migrates, the run-time role reads and writes rows."""

OWNER = "riskhub_owner"
RUNTIME = "riskhub_app"
DATABASE = "riskhub"


def create_runtime_role() -> str:
    return f"CREATE ROLE {RUNTIME} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE"


def default_grants(*, owner: str, runtime: str) -> list[str]:
    """What the run-time role may do with everything the owner will create in this database.

    They are stored per database and copied from a template: given to template1, every later
    database has them.
    """
    future = f'ALTER DEFAULT PRIVILEGES FOR ROLE "{owner}" GRANT'
    return [
        f'{future} SELECT, INSERT, UPDATE, DELETE ON TABLES TO "{runtime}"',
        f'{future} USAGE, SELECT ON SEQUENCES TO "{runtime}"',
        f'{future} EXECUTE ON FUNCTIONS TO "{runtime}"',
    ]
