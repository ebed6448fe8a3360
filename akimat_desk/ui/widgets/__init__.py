"""Everything that can stand on a page, one file a widget. A widget takes its place in a parent and finds its look
there.
"""
