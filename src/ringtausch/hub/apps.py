"""The name under which Django knows the tables of a register."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["HubConfig"]


class HubConfig(AppConfig):
    """The record of a register; its tables are called `hub_…`."""

    name = "ringtausch.hub"
    label = "hub"
    verbose_name = "Register"
    default_auto_field = "django.db.models.BigAutoField"
