"""What the desk reads and works through in the Wagtail admin: access, inbox, queues, figures, exports.

Changes of state stay in `sportello.actions`; the screens are `sportello.views.desk_*`.
"""
