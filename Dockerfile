FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 NEWSDESK_DATA=/data
WORKDIR /app
RUN useradd --system --create-home newsdesk && install -d -o newsdesk -g newsdesk /data

COPY requirements.txt .
RUN pip install --no-cache-dir --no-deps -r requirements.txt
COPY . .

USER newsdesk
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["sh", "-c", "python manage.py migrate && python manage.py collectstatic --noinput && exec gunicorn newsdesk.wsgi --bind 0.0.0.0:8000 --workers 2 --threads 4 --limit-request-line 8190"]
