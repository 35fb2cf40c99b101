"""Maps drawn by the server: the picture of a page's territories and the whole country.

`atlas` knows the places, `scene` composes a picture, `svg` and `png` print it, `urls` and `views` serve it.
Only `addresses`, `urls` and `views` know Django; the rest is pure Python over the files in `registry/data`.
"""
