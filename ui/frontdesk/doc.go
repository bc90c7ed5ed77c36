// Package frontdesk is the windows of the people at the counter: the place 'Patients', where patients are listed, found, registered,
// changed and looked at.
//
// It promises that nothing typed is lost because somebody else changed the same patient, that a patient is registered once
// however often a key is pressed, that looking at a page is recorded once for each opening, and that of a patient marked
// confidential nothing is shown before a reason was stated. The shell makes its screens; who may not change a patient sees the
// same pages without the commands that do.
package frontdesk
