"""Where each group's log is served: under /<group>/record/, one address for all languages."""

from django.urls import include, path, re_path

from onevoice.record import bare as files

log = [
    path("checkpoint", files.checkpoint, name="checkpoint"),
    path("vkey", files.vkey, name="vkey"),
    path("vkeys", files.vkeys, name="vkeys"),
    re_path(r"^(?P<path>tile/[a-z0-9/.]{1,80})$", files.tile, name="tile"),
]

bare = [path("<slug:group>/record/", include((log, "record")))]
