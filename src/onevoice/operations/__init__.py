"""How an installation is started, checked, filled and measured.

Here belong: settings, the command line, the embedded database, the demonstration's start, import and export,
the worker, health, and measurements. Nothing here is a page or an act of the product.
"""
