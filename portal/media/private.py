"""Where private files are kept: never under a folder that anything serves by path.

A view checks who asks and reads the file through its field. `STORAGES["private"]` says where it lies.
"""

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """Return the storage of private files; as a callable, so that migrations do not hold its settings."""
    return storages["private"]
