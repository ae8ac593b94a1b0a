"""Feeds: acknowledgement codes; the readers of MQTT and HL7 come with live readings."""
