import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "riskhub.settings")

application = get_wsgi_application()

from riskhub.startup import refuse_demo_data  # noqa: E402 - needs the app registry

refuse_demo_data()
