"""The web: HTTP problem documents; routes and pages come with the service."""
