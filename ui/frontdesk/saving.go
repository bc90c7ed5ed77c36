package frontdesk

import (
	"context"
	"crypto/sha256"
	"errors"
	"reflect"
	"strconv"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
)

// draftForm is one form of one patient, from when it is opened until it is saved: who was read, and what has been tried.
type draftForm struct {
	session *access.Session
	id      patient.ID // zero: a new patient
	base    patient.Row
	shown   map[patient.ID]bool // those who may be the same and have been seen beside the form

	operation uuid.UUID
	tried     *patient.Draft
	again     bool // another content was tried with the same operation
}

func newDraftForm(s *access.Session, id patient.ID) *draftForm {
	return &draftForm{session: s, id: id, shown: map[patient.ID]bool{}, operation: uuid.New()}
}

func (f *draftForm) registering() bool { return f.id == patient.ID{} }

// load reads the patient who is to be changed. It is slow.
func (f *draftForm) load(ctx context.Context) (patient.Row, error) {
	return patient.Open(ctx, f.session, f.id)
}

// photoWish is what is to become of the photo; the zero one: nothing.
type photoWish struct {
	file   []byte
	remove bool
}

func (p photoWish) any() bool { return p.remove || len(p.file) > 0 }

// operation is the wish's own, below that of its form: the same picture is the same wish, and another one is not taken for it where nobody knows
// what became of the first. It reads the whole file: not for the window's goroutine.
func (p photoWish) operation(form uuid.UUID) uuid.UUID {
	sum := sha256.Sum256(p.file)
	return uuid.NewSHA1(form, append([]byte("photo"), sum[:]...))
}

// saving is one try to save a form. It knows no window: it runs on a goroutine of its own.
type saving struct {
	session   *access.Session
	id        patient.ID
	base      patient.Row
	draft     patient.Draft
	changed   bool // the draft, not only the photo
	photo     photoWish
	operation uuid.UUID
	again     bool
	shown     map[patient.ID]bool
}

// saving makes the try. The same content is the same wish, so that pressing Save again after a failure does it once; of a new patient
// every content is: nobody is registered twice because a letter was changed after a failure whose outcome nobody knows.
func (f *draftForm) saving(w written, home term.Country, photo photoWish) saving {
	if f.tried != nil && !reflect.DeepEqual(*f.tried, w.Draft) {
		if f.registering() {
			f.again = true
		} else {
			f.operation = uuid.New()
		}
	}
	draft := w.Draft
	f.tried = &draft
	shown := map[patient.ID]bool{}
	for id := range f.shown {
		shown[id] = true
	}
	before := enteredOf(f.base.Value.Draft, home).draft(f.base.Value.Draft).Draft
	return saving{session: f.session, id: f.id, base: f.base, draft: draft, changed: !reflect.DeepEqual(before, draft), photo: photo,
		operation: f.operation, again: f.again, shown: shown}
}

// outcome is what became of a try that did not fail.
type outcome struct {
	saved  bool
	row    patient.Row
	alike  []patient.Likeness // may be the same and have not been seen yet: nothing was saved
	clash  *clash             // two people changed the same: nothing was saved
	merged *clash             // what somebody else changed meanwhile, and what is kept
	photo  error              // all is saved but for the photo
}

// clash is what two people made of one patient at the same time.
type clash struct {
	base, mine patient.Draft
	theirs     patient.Row
	who        string // the other person
	all        []patient.Difference
}

// both are the facts that both have changed, to different things.
func (c *clash) both() (both []patient.Difference) {
	for _, d := range c.all {
		if d.Clash {
			both = append(both, d)
		}
	}
	return both
}

// theirOwn are the facts that only the other person has changed.
func (c *clash) theirOwn() (own []patient.Difference) {
	for _, d := range c.all {
		if !d.Clash && reflect.DeepEqual(d.Mine, d.Base) {
			own = append(own, d)
		}
	}
	return own
}

// resolved is the try that saves what was picked: of each fact of both, whether mine holds.
func (s saving) resolved(c *clash, mine map[string]bool) saving {
	s.operation = uuid.NewSHA1(s.operation, []byte(strconv.FormatUint(c.theirs.Version, 10)))
	s.draft = patient.Choose(c.base, c.mine, c.theirs.Value.Draft, mine)
	s.base = c.theirs
	return s
}

// do saves. It is slow.
func (s saving) do(ctx context.Context) (outcome, error) {
	if s.id == (patient.ID{}) {
		return s.register(ctx)
	}
	return s.change(ctx)
}

func (s saving) register(ctx context.Context) (outcome, error) {
	alike, err := patient.Alike(ctx, s.session, s.draft, alikeMost)
	if err != nil {
		return outcome{}, err
	}
	for _, a := range alike {
		if !s.shown[a.ID] {
			return outcome{alike: alike}, nil
		}
	}
	row, err := patient.Register(ctx, s.session, s.operation, s.draft)
	if err == nil && s.again { // an earlier try may have registered what stood there then
		row, err = patient.Change(ctx, s.session, uuid.NewSHA1(s.operation, []byte("again")), row.ID, row.Version, s.draft)
	}
	if err != nil {
		return outcome{}, err
	}
	return s.withPhoto(ctx, outcome{saved: true, row: row}), nil
}

func (s saving) change(ctx context.Context) (outcome, error) {
	done := outcome{saved: true, row: s.base}
	if !s.changed {
		return s.withPhoto(ctx, done), nil
	}
	for tries := 0; ; tries++ {
		row, err := patient.Change(ctx, s.session, s.operation, s.id, s.base.Version, s.draft)
		if err == nil {
			done.row = row
			return s.withPhoto(ctx, done), nil
		}
		var stale *patient.Stale
		if !errors.As(err, &stale) || tries == mostMerges {
			return outcome{}, err
		}
		c := &clash{base: s.base.Value.Draft, mine: stale.Yours.Draft, theirs: stale.Theirs, who: s.author(ctx, stale.Theirs)}
		c.all = patient.Differences(c.base, c.mine, c.theirs.Value.Draft)
		if len(c.both()) > 0 {
			return outcome{clash: c}, nil
		}
		done.merged = c
		s = s.resolved(c, nil)
	}
}

// mostMerges is how often in a row one try is merged with what somebody else has just saved: more often is no person.
const mostMerges = 5

// withPhoto does what is to be done with the photo once the rest is saved. That the patient has been changed since is no matter where the photo was
// not, or where this person did it: by an earlier try whose outcome nobody knew.
func (s saving) withPhoto(ctx context.Context, o outcome) outcome {
	if !s.photo.any() {
		return o
	}
	operation, version := s.photo.operation(s.operation), o.row.Version
	for tries := 0; ; tries++ {
		row, err := patient.SetPhoto(ctx, s.session, operation, o.row.ID, version, s.photo.file)
		if err == nil {
			o.row = row
			return o
		}
		var stale *patient.Stale
		mine := errors.As(err, &stale) && (stale.Theirs.Value.Photo == o.row.Value.Photo || stale.Theirs.ChangedBy == s.session.Who().String())
		if !mine || tries == mostMerges {
			o.photo = err
			return o
		}
		version = stale.Theirs.Version
	}
}

// author is the name of who changed a patient last; empty where it can't be told.
func (s saving) author(ctx context.Context, row patient.Row) string {
	staff, err := access.Staff(ctx, s.session)
	if err != nil {
		return ""
	}
	for _, c := range staff {
		if c.ID.String() == row.ChangedBy {
			return c.Name
		}
	}
	return ""
}

// alikeMost is how many who may be the same are shown: more than a few are no help.
const alikeMost = 6

// others takes out of those who may be the same the patient whose form it is.
func others(all []patient.Likeness, id patient.ID) (rest []patient.Likeness) {
	for _, a := range all {
		if a.ID != id {
			rest = append(rest, a)
		}
	}
	return rest
}

// holder is who has a paper's number already, where an error says so.
func holder(err error) (*patient.Holder, bool) {
	var h *patient.Holder
	ok := errors.As(err, &h)
	return h, ok
}

// confidential tells whether an error says that a reason has to be stated first.
func confidential(err error) bool { return errors.Is(err, access.ErrConfidential) }

// shutOut tells whether an error says that this person may not see what is shown any more. A locked desk shuts nobody out: it shows nothing
// meanwhile, and what was typed is there afterwards.
func shutOut(err error) bool {
	return term.Is(err, term.Forbidden) && !confidential(err) && !errors.Is(err, access.ErrLocked) && !errors.Is(err, access.ErrOvertime)
}

// gone tells whether there is no such patient.
func gone(err error) bool { return term.Is(err, term.NotFound) }
