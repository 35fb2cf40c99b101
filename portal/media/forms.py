"""Forms of the media library."""

from wagtail.documents.forms import BaseDocumentForm

from .uploads import check_content


class DocumentForm(BaseDocumentForm):
    """Wagtail's form for a document, which also looks into the file."""

    def clean_file(self):
        """The uploaded file, if its content is what its name says."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file:
            check_content(file, file.name)
        return file
