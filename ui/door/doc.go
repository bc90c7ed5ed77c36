// Package door is what a person meets before and between working: setting a hospital up, signing in, the lock, a new password that has to be
// set, and the way in with the recovery key.
//
// It promises that no view tells whether a sign-in name exists, that a password leaves the screen as soon as it was refused, that nothing of
// the work below shows through a lock, and that a recovery key is shown once and not passed by unread. Each view stands alone: package ui puts
// it into a window, gives it a Host, and closes it when it has answered.
package door
