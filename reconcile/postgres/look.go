package postgres

import (
	"context"
)

// Server is what is to be known of a database before it is used.
type Server struct {
	Major int  // the server's major version
	Empty bool // the database has no table
}

// Look asks the database at the address for what it is and changes nothing. The
// errors are those of Open.
func Look(ctx context.Context, address string) (Server, error) {
	pool, err := connect(ctx, address, Options{MaxConns: 1}, nil, &opener{})
	if err != nil {
		return Server{}, err
	}
	defer pool.Close()
	var found Server
	err = pool.QueryRow(ctx, `
		SELECT current_setting('server_version_num')::int / 10000,
			NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace)`).Scan(&found.Major, &found.Empty)
	return found, wrap("xem cơ sở dữ liệu", err)
}
