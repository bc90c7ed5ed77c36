package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	_ "github.com/mattn/go-sqlite3" // the peer: SQLite itself, in C
)

// peer is SQLite as somebody would set it up who wants the same: each commit flushed, write-ahead log, prepared statements,
// one connection, a cache as large as ours.
type peer struct {
	db     *sql.DB
	insert *sql.Stmt
	words  *sql.Stmt // nil where nothing is searched
	search *sql.Stmt
}

const (
	peerSettings = "?_journal_mode=WAL&_synchronous=FULL&_cache_size=-81920&_txlock=immediate"
	peerColumns  = "(id BLOB %s, number INTEGER NOT NULL, family TEXT NOT NULL, given TEXT NOT NULL, second TEXT NOT NULL, born INTEGER NOT NULL, phone TEXT NOT NULL, note TEXT NOT NULL)"
)

// peerTables are what makes the tables of each extent. Where rows are searched they are known by the number that the text index
// gives them; elsewhere they lie under their id, which spares SQLite an index.
var peerTables = map[extent][]string{
	plain: {"CREATE TABLE people " + fmt.Sprintf(peerColumns, "PRIMARY KEY") + " WITHOUT ROWID"},
	indexed: {"CREATE TABLE people " + fmt.Sprintf(peerColumns, "PRIMARY KEY") + " WITHOUT ROWID",
		"CREATE UNIQUE INDEX by_number ON people (number)",
		"CREATE INDEX by_name ON people (family, given, number, born)"},
	searched: {"CREATE TABLE people " + fmt.Sprintf(peerColumns, "NOT NULL"),
		"CREATE UNIQUE INDEX by_number ON people (number)",
		"CREATE INDEX by_name ON people (family, given, number, born)",
		"CREATE VIRTUAL TABLE words USING fts5(names, content='', columnsize=0, detail=none, tokenize='unicode61', prefix='2 3 4 5')"},
}

// openPeer opens or makes a database in a folder.
func openPeer(ctx context.Context, dir string, e extent) (_ *peer, err error) {
	db, err := sql.Open("sqlite3", "file:"+filepath.ToSlash(filepath.Join(dir, "peer.db"))+peerSettings)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	p := &peer{db: db}
	defer func() {
		if err != nil {
			err = errors.Join(err, db.Close())
		}
	}()
	if err := p.makeTables(ctx, e); err != nil {
		return nil, err
	}
	if _, err := db.ExecContext(ctx, "PRAGMA mmap_size = 4294967296"); err != nil {
		return nil, err
	}
	return p, p.prepare(ctx, e)
}

func (p *peer) makeTables(ctx context.Context, e extent) error {
	var there int
	if err := p.db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&there); err != nil || there > 0 {
		return err
	}
	for _, text := range peerTables[e] {
		if _, err := p.db.ExecContext(ctx, text); err != nil {
			if strings.Contains(err.Error(), "fts5") {
				err = fmt.Errorf("%w (build with -tags sqlite_fts5)", err)
			}
			return err
		}
	}
	return nil
}

func (p *peer) prepare(ctx context.Context, e extent) (err error) {
	if p.insert, err = p.db.PrepareContext(ctx, "INSERT INTO people (id, number, family, given, second, born, phone, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"); err != nil || e < searched {
		return err
	}
	if p.words, err = p.db.PrepareContext(ctx, "INSERT INTO words (rowid, names) VALUES (?, ?)"); err != nil {
		return err
	}
	p.search, err = p.db.PrepareContext(ctx, `SELECT people.id, number, family, given, born
		FROM (SELECT rowid AS found FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?) JOIN people ON people.rowid = found`)
	return err
}

// write puts people into the tables in one transaction.
func (p *peer) write(ctx context.Context, list []entry) error {
	tx, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	insert, words := tx.StmtContext(ctx, p.insert), (*sql.Stmt)(nil)
	if p.words != nil {
		words = tx.StmtContext(ctx, p.words)
	}
	for i := range list {
		if err := writeOne(ctx, insert, words, &list[i]); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

func writeOne(ctx context.Context, insert, words *sql.Stmt, e *entry) error {
	v := &e.value
	done, err := insert.ExecContext(ctx, e.id[:], v.Number, v.Family, v.Given, v.Second, v.Born, v.Phone, v.Note)
	if err != nil || words == nil {
		return err
	}
	number, err := done.LastInsertId()
	if err != nil {
		return err
	}
	_, err = words.ExecContext(ctx, number, v.Family+" "+v.Given+" "+v.Second)
	return err
}

// load writes the first count people.
func (p *peer) load(ctx context.Context, all *people, count int) error {
	const step = 1000
	for from := 0; from < count; from += step {
		if err := p.write(ctx, all.some(from, min(from+step, count))); err != nil {
			return err
		}
	}
	return nil
}

// settle brings the database into its best form for reading.
func (p *peer) settle(ctx context.Context) error {
	for _, text := range []string{"INSERT INTO words (words) VALUES ('optimize')", "ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := p.db.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

// find gives the ids of the newest people who have, for each prefix, a name that begins with it.
func (p *peer) find(ctx context.Context, prefixes []string, limit int) (ids []personID, err error) {
	rows, err := p.search.QueryContext(ctx, `"`+strings.Join(prefixes, `"* "`)+`"*`, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id []byte
		var b brief
		var given string
		if err := rows.Scan(&id, &b.Number, &b.Name, &given, &b.Born); err != nil {
			return nil, err
		}
		ids = append(ids, personID(id))
	}
	return ids, rows.Err()
}
