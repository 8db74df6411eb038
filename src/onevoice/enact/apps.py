from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class EnactConfig(AppConfig):
    name = "onevoice.enact"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every module of every room's `acts` folder is read once, so that each act is known."""
        for room in apps.get_app_configs():
            if room.name.startswith("onevoice.") and module_has_submodule(room.module, "acts"):
                acts = import_module(f"{room.name}.acts")
                for module in iter_modules(acts.__path__):
                    import_module(f"{acts.__name__}.{module.name}")
