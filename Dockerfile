# syntax=docker/dockerfile:1
FROM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=dev
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/doisoat ./cmd/doisoat \
 && mkdir -p /out/data /out/reports /out/inbox

# It runs with a read-only root file system. Nothing but the program, the certificates that Google's API needs, and the
# folders that it writes to. Time zones are built into the program. The image
# has no PostgreSQL: set DATABASE_URL.
FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo
COPY --from=build /out/doisoat /doisoat
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/reports /reports
COPY --from=build --chown=65532:65532 /out/inbox /inbox
USER 65532:65532
ENV TZ=Asia/Ho_Chi_Minh
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/doisoat", "health", "--url", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["/doisoat"]
CMD ["serve", "--config", "/etc/doisoat/doisoat.yaml", "--listen", ":8080"]
