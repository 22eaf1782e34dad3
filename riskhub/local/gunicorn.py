"""gunicorn's settings on one machine: one process, a few threads."""

from riskhub.local.processes import die_with_parent

workers = 1
limit_request_line = 8190  # the most it can: a search in Chinese takes nine characters for each
worker_class = "gthread"
threads = 8
graceful_timeout = 2
control_socket_disable = True
loglevel = "warning"


def post_fork(_server: object, _worker: object) -> None:
    """Without it a worker notices the loss of its parent only after a second."""
    die_with_parent()
