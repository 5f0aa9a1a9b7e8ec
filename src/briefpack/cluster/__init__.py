"""Send a build's work to the workers of a Dask cluster, and report its failures as problems."""

from briefpack.cluster.connection import connection

__all__ = ["connection"]
