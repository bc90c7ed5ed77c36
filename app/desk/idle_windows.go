package desk

import (
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	user32           = windows.NewLazySystemDLL("user32.dll")
	kernel32         = windows.NewLazySystemDLL("kernel32.dll")
	getLastInputInfo = user32.NewProc("GetLastInputInfo")
	getTickCount     = kernel32.NewProc("GetTickCount")
)

// lastInput is LASTINPUTINFO: its own size, and the tick of the last input.
type lastInput struct{ size, tick uint32 }

// systemIdle counts in 32-bit ticks of a millisecond, which begin anew after 49 days: the difference is right all the same.
func systemIdle() (time.Duration, bool) {
	info := lastInput{size: uint32(unsafe.Sizeof(lastInput{}))}
	if ok, _, _ := getLastInputInfo.Call(uintptr(unsafe.Pointer(&info))); ok == 0 {
		return 0, false
	}
	now, _, _ := getTickCount.Call()
	return time.Duration(uint32(now)-info.tick) * time.Millisecond, true
}
