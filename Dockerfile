# Bugle in a small image: `docker build -t bugle .`; docs/deploying.md says how to run it.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS builder
WORKDIR /build
COPY requirements.lock requirements-dev.lock ./
RUN python -m venv --without-pip /opt/bugle \
    && pip --python /opt/bugle/bin/python install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
# What builds the wheel comes in its locked version; with hashes, pip would ask for one of this folder too.
RUN grep -oE '^[a-z0-9._-]+==[^ ]+' requirements-dev.lock > /build.lock \
    && PIP_CONSTRAINT=/build.lock pip wheel --no-cache-dir --no-deps --wheel-dir /wheels . \
    && pip --python /opt/bugle/bin/python install --no-cache-dir --no-deps --no-index /wheels/*.whl

FROM python:${PYTHON}-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data bugle
COPY --from=builder /opt/bugle /opt/bugle
ENV PATH=/opt/bugle/bin:$PATH \
    HTTP_HOST=0.0.0.0
# SQLite's file is made here: mount a volume.
WORKDIR /data
VOLUME /data
USER bugle
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=15s --retries=3 \
    CMD ["python", "-c", "import http.client, os; asked = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('HTTP_PORT') or 8080), timeout=4); asked.request('GET', '/healthz'); raise SystemExit(asked.getresponse().status != 200)"]
CMD ["bugle", "run"]
