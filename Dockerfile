# The image of one service, of the gateway or of a portal: docker build --build-arg SERVICE=order -t shop/order .
# `docker buildx bake` builds them all. Besides starting it, an image can bring the database of its service to the newest schema:
# docker run … shop/order migrate
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS repository
WORKDIR /shop
COPY package.json package-lock.json .npmrc ./
# What scripts of packages and of ours would do here is for developers.
RUN npm ci --ignore-scripts
COPY . .
RUN node scripts/faces.ts

FROM repository AS package
ARG SERVICE
ARG SHOP_COMMIT=unknown
RUN SHOP_COMMIT=${SHOP_COMMIT} node scripts/package.ts "${SERVICE}" --out /app

FROM ${NODE_IMAGE}
WORKDIR /app
# For a volume: all else is read-only.
RUN install --directory --owner=1000 --group=1000 /data
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
EXPOSE 8080
# A number, so that Kubernetes can tell that it is not root.
USER 1000:1000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "."]
ARG SERVICE
ARG SHOP_COMMIT=unknown
ARG SHOP_VERSION=unknown
LABEL org.opencontainers.image.title="shop-${SERVICE}" \
      org.opencontainers.image.description="The service ${SERVICE} of the shop platform" \
      org.opencontainers.image.version="${SHOP_VERSION}" \
      org.opencontainers.image.revision="${SHOP_COMMIT}" \
      org.opencontainers.image.licenses="MIT"
COPY --from=package /app ./
