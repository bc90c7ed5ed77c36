package desk

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"

	"gopkg.in/natefinch/lumberjack.v2"
)

// What the log may grow to: five files of 5 MB, the oldest thrown away.
const (
	logMegabytes = 5
	logOld       = 4
)

// Log is the program's log in <folder>/logs: wardbook.log, kept small by putting full files aside, and crash.log, which
// the Go runtime writes when the program dies of a fault. Neither may hold patient data.
type Log struct {
	*slog.Logger
	sink  *sink
	crash *os.File
}

// sink is the rotated file until it is closed, and standard error from then on: the library would make the file anew,
// in a demo's folder that is gone.
type sink struct {
	mu     sync.Mutex
	file   *lumberjack.Logger
	closed bool
}

func (s *sink) Write(line []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return os.Stderr.Write(line)
	}
	return s.file.Write(line)
}

func (s *sink) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return s.file.Close()
}

// OpenLog opens the log of a prepared data folder.
func OpenLog(folder string) (*Log, error) {
	logs := filepath.Join(folder, "logs")
	if err := os.MkdirAll(logs, privateDir); err != nil {
		return nil, refuse(logs, err)
	}
	crash, err := os.OpenFile(filepath.Join(logs, "crash.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, privateFile)
	if err != nil {
		return nil, refuse(logs, err)
	}
	if err := debug.SetCrashOutput(crash, debug.CrashOptions{}); err != nil {
		return nil, errors.Join(refuse(logs, err), crash.Close())
	}
	s := &sink{file: &lumberjack.Logger{
		Filename:   filepath.Join(logs, "wardbook.log"),
		MaxSize:    logMegabytes,
		MaxBackups: logOld,
	}}
	return &Log{Logger: slog.New(slog.NewTextHandler(s, nil)), sink: s, crash: crash}, nil
}

// Close flushes and lets go of the files, so that a demo's folder can be removed on Windows too.
func (l *Log) Close() error {
	return errors.Join(debug.SetCrashOutput(nil, debug.CrashOptions{}), l.crash.Close(), l.sink.Close())
}
