// Package term holds the words that all packages of the hospital share: names of people, civil dates, quantities, codes,
// phone numbers, numbers printed on a wristband.
//
// Its values are plain: no clock, no store, no window. Each says for itself what it accepts, in a sentence for the person
// at the desk and on the form's field (the Field constants); what was accepted once can be stored, shown and compared
// without being looked at again. Those that lie in records carry CBOR numbers, which are never used again for something
// else.
//
// It promises that what two people would read as the same text is stored as the same text, that no date has a time zone,
// and that no number passes through a floating point on its way. Anybody in app and ui may call it.
package term
