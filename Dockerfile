# Two images from one file: --target operator (no OR-Tools inside) and --target solver.
# BASE is any Debian-like image with python3 3.11, which is what is tested, and its venv module.
ARG BASE=docker.io/library/python:3.11-slim-bookworm

# uv, by which the locked packages are installed; in no final image.
FROM ${BASE} AS build
ARG UV_VERSION=0.13.9
# A file of certificates that downloads must trust, where the build is behind a proxy.
ARG SSL_CERT_FILE
RUN python3 -m venv /opt/uv \
    && /opt/uv/bin/pip install --quiet --no-cache-dir --disable-pip-version-check \
       ${SSL_CERT_FILE:+--cert "$SSL_CERT_FILE"} "uv==${UV_VERSION}"
ENV UV_PROJECT_ENVIRONMENT=/opt/matchday \
    UV_PYTHON_DOWNLOADS=never \
    UV_PYTHON=python3 \
    UV_NO_CACHE=1 \
    UV_LINK_MODE=copy \
    UV_COMPILE_BYTECODE=1
WORKDIR /src
# The packages first, without their own tests: they change less often than the code.
COPY pyproject.toml uv.lock ./

FROM build AS build-operator
ARG SSL_CERT_FILE
RUN /opt/uv/bin/uv sync --frozen --no-dev --no-install-project --extra operator \
    && find /opt/matchday -type d -name tests -prune -exec rm -rf {} +
COPY LICENSE README.md ./
COPY crds/matchday_api crds/matchday_api
COPY operator operator
# The wheel holds all four packages; the other parts have no place in this image.
RUN mkdir -p solver-image/matchday_solver cli/matchday_cli \
    && /opt/uv/bin/uv sync --frozen --no-dev --no-editable --extra operator

FROM build AS build-solver
ARG SSL_CERT_FILE
RUN /opt/uv/bin/uv sync --frozen --no-dev --no-install-project --extra solver \
    && find /opt/matchday -type d -name tests -prune -exec rm -rf {} +
COPY LICENSE README.md ./
COPY crds/matchday_api crds/matchday_api
COPY solver-image solver-image
RUN mkdir -p operator/matchday_operator cli/matchday_cli \
    && /opt/uv/bin/uv sync --frozen --no-dev --no-editable --extra solver
# The search is compiled now, for every processor of this kind, and not at the start of each pod.
ENV NUMBA_CPU_NAME=generic \
    NUMBA_CACHE_DIR=/opt/numba-cache
RUN /opt/matchday/bin/python -m matchday_solver.warm && chmod -R a+rX /opt/numba-cache

FROM ${BASE} AS runtime
ARG VERSION=0.1.0
ARG REVISION
LABEL org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV PATH=/opt/matchday/bin:/usr/local/bin:/usr/bin:/bin \
    HOME=/tmp \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /
USER 65532:65532

FROM runtime AS operator
LABEL org.opencontainers.image.title="matchday-operator" \
      org.opencontainers.image.description="Makes sports-league schedules from ScheduleRequests"
COPY --from=build-operator /opt/matchday /opt/matchday
EXPOSE 8080 9090
ENTRYPOINT ["/opt/matchday/bin/python", "-m", "matchday_operator"]

FROM runtime AS solver
LABEL org.opencontainers.image.title="matchday-solver" \
      org.opencontainers.image.description="Solves one ScheduleRequest in its Job"
ENV NUMBA_CPU_NAME=generic \
    NUMBA_CACHE_DIR=/opt/numba-cache
COPY --from=build-solver /opt/matchday /opt/matchday
COPY --from=build-solver /opt/numba-cache /opt/numba-cache
ENTRYPOINT ["/opt/matchday/bin/python", "-m", "matchday_solver"]
