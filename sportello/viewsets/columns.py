"""Columns of the desk's lists: each cell carries its heading, so that a phone can fold the rows."""

from wagtail.admin.ui import tables


class Column(tables.Column):
    """Wagtail's column; `static/admin/desk.css` shows the heading beside the value where the table is folded."""

    cell_template_name = "wagtailadmin/sportello/cell.html"


class DateColumn(tables.DateColumn):
    """The same for dates."""

    cell_template_name = "wagtailadmin/sportello/date_cell.html"
