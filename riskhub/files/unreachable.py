class StoreUnreachable(ConnectionError):  # noqa: N818 - reads as what it says
    """The storage of files does not answer, or refuses us: what was asked for may be done later."""
