"""Uploads by path: resized images for everybody, nothing else for anybody."""

import pytest


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for name in ("images/piazza.txt", "documents/riservato.txt", "original_images/piazza.txt", "segreto.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("contenuto")


@pytest.mark.django_db
def test_resized_images_are_served(client, files):
    response = client.get("/media/images/piazza.txt")
    assert b"".join(response.streaming_content) == b"contenuto"
    assert "sandbox" in response.headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "documents/riservato.txt",
        "original_images/piazza.txt",
        "segreto.txt",
        "images/../documents/riservato.txt",
        "images/%2e%2e/segreto.txt",
        "images/../../../etc/passwd",
        "images/",
        "images/nessuno.png",
    ],
)
def test_nothing_else_is(client, files, path):
    assert client.get(f"/media/{path}").status_code == 404
