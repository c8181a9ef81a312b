# keyless for pipelines whose jobs are containers. The base images are pinned by version; where you build for others, pin them
# by digest as well (`docker buildx imagetools inspect rust:1.95.0-bookworm`).
FROM rust:1.95.0-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked --bin keyless

FROM debian:12.12-slim
COPY --from=build /src/target/release/keyless /usr/local/bin/keyless
# Nobody's number: keyless reads what is mounted, and writes only where it is told to.
USER 65534:65534
WORKDIR /work
ENTRYPOINT ["keyless"]
CMD ["check"]
