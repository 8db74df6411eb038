"""Look: the frame of every page, the parts that several rooms share, their sheets, lists and forms.

It knows no table. Rooms above hand in values; a group is anything with the attributes of `frame.Group`.
"""
