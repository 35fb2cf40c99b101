"""How dates are typed in the English interface: as in Italy and in the rest of Europe, day first.

The admin shows dates as its users write them (`WAGTAIL_DATE_FORMAT`), one way in both languages. Django's own formats
for "en" are American: 05/03/2026, shown as the 5th of March, would come back as the 3rd of May. ISO is always read.
"""

DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y"]
DATETIME_INPUT_FORMATS = ["%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y", "%d/%m/%y %H:%M"]
