// Package rollout is what administrators do without windows: set a hospital up, and give, change and end accounts, from scripts that bring
// Wardbook to many computers.
//
// It promises that everything goes through the same doors as in the windows (hospital.SignIn, the use cases of access), so that the policy, the
// count of wrong passwords and the record of who did what hold here too; that a folder is worked on by one program at a time; that no secret
// stands on a command line or comes out of standard output and error: secrets come from files and go to files; and that a set-up is called done only
// when its recovery key is on the disk. main adds its commands to the program; nobody else calls it.
package rollout
