"""Random histories: the product's outcome against an independent model of docs/procedure.md."""
