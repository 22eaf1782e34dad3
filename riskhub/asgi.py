import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "riskhub.settings")

application = get_asgi_application()

from riskhub.startup import refuse_demo_data  # noqa: E402 - needs the app registry

refuse_demo_data()
