# docker build -t dmctl --build-arg GIT_COMMIT="$(git rev-parse HEAD)" --build-arg GIT_BRANCH="$(git rev-parse --abbrev-ref HEAD)" .
# The image has the executable, the C library that it needs, and no shell. It runs as the user "nonroot".
# The executable is compiled on the builder's platform, for the platform of the image.
FROM --platform=$BUILDPLATFORM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
ARG TARGETARCH
ARG GIT_COMMIT
ARG GIT_BRANCH
RUN node tools/build.mjs \
  && target="linux-$(echo "$TARGETARCH" | sed 's/^amd64$/x64/')" \
  && node tools/package.mjs "$target" \
  && mkdir /out \
  && cp "build/dmctl-$target" /out/dmctl \
  && cp LICENSE build/THIRD_PARTY_LICENSES /out/

FROM gcr.io/distroless/base-nossl-debian12:nonroot
COPY --from=build /out/LICENSE /out/THIRD_PARTY_LICENSES /usr/share/doc/dmctl/
COPY --from=build /out/dmctl /usr/bin/dmctl
# Task files are read from the folder that is mounted here.
WORKDIR /work
USER nonroot
ENTRYPOINT ["/usr/bin/dmctl"]
