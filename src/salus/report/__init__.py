"""One renderer between service and the faces: terminal, HTML page, JSON and tables."""
