// Package rooms is the windows over wards, rooms, beds and stays: the place 'Bed board' with the form of an admission, the page of a stay and the
// lists of inpatients, and for administrators the place 'Wards', which names nobody.
//
// It promises that nothing typed is lost because somebody else took the bed a moment ago, that an admission, transfer or discharge is written once
// however often a key is pressed, that what somebody else does shows at once with the selection kept, and that of a patient marked confidential
// nothing is shown before a reason was stated. The shell makes its screens; who may not change anything sees the same pages without the commands that do.
package rooms
