package desk

import (
	"context"
	"os/exec"
	"sync"
	"time"
)

// asked is the last answer: asking starts a program, so it is done every ten seconds at most.
var asked struct {
	sync.Mutex
	at   time.Time
	idle time.Duration
	ok   bool
}

// systemIdle asks macOS' own registry of devices, which needs neither C nor a right to watch the keyboard.
func systemIdle() (time.Duration, bool) {
	asked.Lock()
	defer asked.Unlock()
	if since := time.Since(asked.at); since < 10*time.Second {
		return asked.idle + since, asked.ok
	}
	asked.idle, asked.ok = ioreg()
	asked.at = time.Now()
	return asked.idle, asked.ok
}

func ioreg() (time.Duration, bool) {
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Second)
	defer stop()
	said, err := exec.CommandContext(ctx, "/usr/sbin/ioreg", "-c", "IOHIDSystem", "-d", "4", "-r").Output()
	if err != nil {
		return 0, false
	}
	return hidIdle(said)
}
