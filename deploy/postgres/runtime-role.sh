#!/bin/sh
# The role that web and workers use: it owns nothing, so it cannot touch the audit's protection.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" -v password="$RUNTIME_PASSWORD" <<'SQL'
CREATE ROLE riskhub_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
GRANT CONNECT ON DATABASE riskhub TO riskhub_app;
GRANT USAGE ON SCHEMA public TO riskhub_app;
ALTER DEFAULT PRIVILEGES FOR ROLE riskhub_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO riskhub_app;
ALTER DEFAULT PRIVILEGES FOR ROLE riskhub_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO riskhub_app;
SQL
