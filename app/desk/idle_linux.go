package desk

import (
	"os"
	"sync"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/screensaver"
	"github.com/jezek/xgb/xproto"
)

// display is the connection to the X server over which idle time is asked; nil after the first failure. Wayland has no such question that
// every desktop answers: there only what is done in Wardbook counts.
var display struct {
	sync.Mutex
	asked bool
	conn  *xgb.Conn
	root  xproto.Drawable
}

func systemIdle() (time.Duration, bool) {
	display.Lock()
	defer display.Unlock()
	if !display.asked {
		display.asked = true
		connect()
	}
	if display.conn == nil {
		return 0, false
	}
	info, err := screensaver.QueryInfo(display.conn, display.root).Reply()
	if err != nil {
		display.conn.Close()
		display.conn = nil
		return 0, false
	}
	return time.Duration(info.MsSinceUserInput) * time.Millisecond, true
}

func connect() {
	if os.Getenv("DISPLAY") == "" {
		return
	}
	xgb.Logger.SetOutput(discard{}) // it would write to standard error
	conn, err := xgb.NewConn()
	if err != nil {
		return
	}
	if screensaver.Init(conn) != nil {
		conn.Close()
		return
	}
	display.conn = conn
	display.root = xproto.Drawable(xproto.Setup(conn).DefaultScreen(conn).Root)
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
