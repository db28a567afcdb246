#!/bin/sh
# Copies the database at DATABASE_URL into a new file of the folder BACKUPS, or
# fills an empty database from such a file, all of it or nothing:
#
#   backup.sh                          doisoat-2024-03-05T180000Z.dump, and its name
#   backup.sh restore FILE
#
# It is for machines and containers that have PostgreSQL's programs (of the
# server's version, or newer) and not doisoat; `doisoat backup` and `doisoat
# restore` make and take the same files. Copies older than KEEP_DAYS (60) go when
# a new one is whole. They hold personal data; only their owner may read them.
set -eu
umask 077

# A password that others may read is refused by PostgreSQL's programs, and a
# mounted secret is a file of that kind.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -n "${PGPASSFILE:-}" ]; then
	cp "$PGPASSFILE" "$work/pgpass"
	PGPASSFILE=$work/pgpass
	export PGPASSFILE
fi

case ${1:-save} in
save)
	rm -f "$BACKUPS"/.doisoat-*.part # of a copy that was broken off
	name=doisoat-$(date -u +%Y-%m-%dT%H%M%SZ).dump
	pg_dump --format=custom --no-owner --no-privileges --file="$BACKUPS/.$name.part" --dbname="$DATABASE_URL"
	sync "$BACKUPS/.$name.part"
	mv "$BACKUPS/.$name.part" "$BACKUPS/$name"
	find "$BACKUPS" -maxdepth 1 -name 'doisoat-*.dump' -mtime +"${KEEP_DAYS:-60}" -delete
	echo "$name"
	;;
restore)
	pg_restore --single-transaction --exit-on-error --no-owner --no-privileges --dbname="$DATABASE_URL" "$BACKUPS/$2"
	;;
*)
	echo "usage: backup.sh [save | restore FILE]" >&2
	exit 2
	;;
esac
