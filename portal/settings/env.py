"""Typed readers of the process environment, with one clear message when something required is missing."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environ import Env

BASE_DIR = Path(__file__).resolve().parents[2]

env = Env()


def read_dotenv() -> None:
    """Read `.env` in the project root if there is one; real environment variables win over it."""
    path = BASE_DIR / ".env"
    if path.exists():
        env.read_env(str(path))


def require(*names: str) -> None:
    """Refuse to start unless every named variable is set and not empty.

    Raises:
        ImproperlyConfigured: names all the missing variables at once, so that they are mended in one go.
    """
    missing = [name for name in names if not env.str(name, default="").strip()]
    if missing:
        raise ImproperlyConfigured(
            "The portal does not start without these environment variables: "
            + ", ".join(missing)
            + ". docs/production.md says what each is for."
        )
