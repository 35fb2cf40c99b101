"""Uploads that are not what they say."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from portal.media.uploads import check_content


def archive(**entries: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, data in entries.items():
            file.writestr(name.replace("__", "/"), data)
    return content.getvalue()


WORD = archive(**{"[Content_Types].xml": b"<x/>", "word__document.xml": b"<x/>"})
GOOD = {
    "a.pdf": b"%PDF-1.7 ...",
    "a.docx": WORD,
    "a.odt": archive(mimetype=b"application/vnd.oasis.opendocument.text"),
    "a.zip": archive(a=b"x"),
    "a.csv": "comune;residenti\nChieri;35.000\nForlì;117.000\n".encode(),
    "a.txt": b"Due righe.\nDi testo.",
}
BAD = {
    "a.pdf": b"<html><script>alert(1)</script></html>",
    "a.docx": archive(a=b"x"),
    "a.xlsx": WORD,
    "a.odt": WORD,
    "a.ods": archive(mimetype=b"application/vnd.oasis.opendocument.text"),
    "a.zip": b"MZ\x90\x00 a program",
    "a.csv": b"PK\x03\x04\x00\x00",
    "a.txt": b"  <svg onload=alert(1)>",
}


@pytest.mark.parametrize("name", GOOD)
def test_files_that_are_what_they_say(name):
    file = io.BytesIO(GOOD[name])
    check_content(file, name.upper())
    assert file.tell() == 0


@pytest.mark.parametrize("name", BAD)
def test_files_that_are_not(name):
    with pytest.raises(ValidationError) as error:
        check_content(io.BytesIO(BAD[name]), name)
    assert error.value.code == "content"


@pytest.fixture
def editor(admin_user, client):
    client.force_login(admin_user)
    return client


@pytest.mark.django_db
def test_a_page_dressed_as_a_pdf_is_refused_beside_its_field(editor):
    file = SimpleUploadedFile("verbale.pdf", BAD["a.pdf"], content_type="application/pdf")
    response = editor.post(reverse("wagtaildocs:add"), {"title": "Verbale", "file": file})
    assert "non corrisponde al suo tipo (.pdf)" in response.content.decode()
    assert 'value="Verbale"' in response.content.decode()
    assert get_document_model().objects.count() == 0


@pytest.mark.django_db
def test_a_real_pdf_is_accepted(editor):
    file = SimpleUploadedFile("verbale.pdf", GOOD["a.pdf"], content_type="application/pdf")
    response = editor.post(reverse("wagtaildocs:add"), {"title": "Verbale", "file": file})
    assert response.status_code == 302
    assert get_document_model().objects.get().title == "Verbale"


@pytest.mark.django_db
def test_a_page_dressed_as_a_photo_is_refused(editor):
    file = SimpleUploadedFile("piazza.png", BAD["a.pdf"], content_type="image/png")
    response = editor.post(reverse("wagtailimages:add"), {"title": "Piazza", "file": file})
    assert response.status_code == 200
    assert get_image_model().objects.count() == 0
