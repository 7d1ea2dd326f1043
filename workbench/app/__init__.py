"""The browser app: pages over the workbench, in English and Spanish."""
