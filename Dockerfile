# The product in one image; web, worker, beat and migrate differ by their command.
ARG BASE_IMAGE=python:3.13-slim-bookworm
FROM ${BASE_IMAGE}

RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends \
        python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=riskhub.settings \
    RISKHUB_MODE=production RISKHUB_DATA=/data STATIC_ROOT=/app/staticfiles
WORKDIR /app

COPY requirements.txt ./
RUN python3 -m venv /venv && /venv/bin/pip install --quiet --no-cache-dir --require-hashes -r requirements.txt
ENV PATH=/venv/bin:$PATH

COPY . .
# Collecting needs settings, but neither a database nor a key that lasts.
RUN pybabel compile -q -D django -d locale \
    && SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" ALLOWED_HOSTS=build \
        DATABASE_URL=postgresql://build@/build python -m django collectstatic --noinput -v0 \
    && useradd --system --uid 10001 --home-dir /data riskhub \
    && install -d -o riskhub -g riskhub /data

USER riskhub
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/healthz', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0]}), timeout=4)"]
CMD ["gunicorn", "riskhub.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--worker-class", "gthread", "--threads", "8", "--limit-request-line", "8190", "--access-logfile", "-"]
