"""The embedded server's own files: its settings, who may connect how, and which account is which login."""

from mentalspace.launch.connection import SOCKET_ROLES, ClusterFile

BUILTIN_LOCALE = 17
"""The first PostgreSQL with a locale of its own: indexes stay good when the system's C library changes."""


def locale(major: int) -> list[str]:
    """What `initdb` is told about sorting and letters."""
    if major >= BUILTIN_LOCALE:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def files(cluster: ClusterFile, user: str, major: int) -> dict[str, str]:
    """Every file of the data folder that is ours, by name. `user` is the account that runs web and worker."""
    return {
        "postgresql.conf": "# Written at every start; see mentalspace/launch/configuration.py.\n" + _settings(cluster),
        "pg_hba.conf": _who_may_connect(cluster),
        "pg_ident.conf": "".join(f'mentalspace "{user}" {role}\n' for role in SOCKET_ROLES) if user else "",
    }


def _settings(cluster: ClusterFile) -> str:
    """Durable, loopback only, bounded logs without the data that statements and errors carry."""
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": cluster.port,
        "unix_socket_directories": cluster.socket,
        "unix_socket_permissions": "0777",
        "max_connections": 100,
        "shared_buffers": "256MB",
        "dynamic_shared_memory_type": "posix",
        "effective_cache_size": "1GB",
        "random_page_cost": 1.1,
        "jit": "off",
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "wal_level": "replica",
        "max_wal_size": "1GB",
        "max_slot_wal_keep_size": "4GB",
        "password_encryption": "scram-sha-256",
        "shared_preload_libraries": "pg_stat_statements",
        "pg_stat_statements.track": "all",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "datestyle": "iso, mdy",
        "default_text_search_config": "pg_catalog.simple",
        "logging_collector": "on",
        "log_directory": "log",
        "log_filename": "postgresql-%Y-%m-%d.log",
        "log_rotation_size": 0,
        "log_line_prefix": "%m [%p] %u@%d ",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_parameter_max_length": 0,
        "log_parameter_max_length_on_error": 0,
    }
    return "".join(f"{name} = {_quoted(value)}\n" for name, value in settings.items())


def _who_may_connect(cluster: ClusterFile) -> str:
    """`ms_web` and `ms_worker` by socket and account only; everybody else by TCP and password."""
    by_socket = "peer map=mentalspace" if cluster.peer else "scram-sha-256"
    serving = ",".join(SOCKET_ROLES)
    return (
        f"local all {serving} {by_socket}\n"
        "local all all reject\n"
        f"host all {serving} all reject\n"
        "host all all 127.0.0.1/32 scram-sha-256\n"
        "host replication postgres,ms_backup 127.0.0.1/32 scram-sha-256\n"
    )


def _quoted(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
