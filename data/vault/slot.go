package vault

import (
	"crypto/hpke"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// fold makes one of the ways in which a person may write the same sign-in name: letter case, composed or wide forms, spaces.
func fold(name string) string {
	for range 2 { // the second round folds what the first round's normalising brought out
		name = norm.NFKC.String(cases.Fold().String(norm.NFKC.String(name)))
	}
	return strings.Join(strings.Fields(name), " ")
}

// tag finds a name's slot without showing the name. The salt is the file's, so whoever has the file can try names: a tag under a
// secret key would have to be found before any key is open.
func (f *file) tag(name string) (t [16]byte) {
	copy(t[:], tagged(f.Salt[:], join(labelName, []byte(fold(name)))))
	return t
}

// user gives the index of the slot of a name, or -1.
func (f *file) user(name string) int {
	t := f.tag(name)
	return slices.IndexFunc(f.Slots, func(s slot) bool { return s.Kind == kindPassword && s.Tag == t })
}

func (f *file) recovery() int {
	return slices.IndexFunc(f.Slots, func(s slot) bool { return s.Kind == kindRecovery })
}

// claimed gives the slot to try a password on. For an unknown name it is somebody's with another salt, always the same for the
// same name: it costs what a real one costs and never opens.
func (f *file) claimed(name string) (s slot, known bool) {
	if i := f.user(name); i >= 0 {
		return f.Slots[i], true
	}
	t := f.tag(name)
	at := int(binary.BigEndian.Uint64(t[:]) % uint64(f.users()))
	for _, s = range f.Slots {
		if s.Kind != kindPassword {
			continue
		}
		if at == 0 {
			break
		}
		at--
	}
	s.Salt = [saltSize]byte(tagged(t[:], s.Salt[:])[:saltSize])
	return s, false
}

// about is what the seals of a slot are bound to: whose it is, and what a guess at its password costs.
func (f *file) about(label string, s slot) []byte {
	p := binary.BigEndian.AppendUint32(nil, s.Memory)
	p = binary.BigEndian.AppendUint32(p, s.Time)
	p = append(p, s.Threads)
	return join(label, f.Dataset[:], s.ID[:], []byte{byte(s.Kind)}, s.Salt[:], p)
}

func (f *file) aboutWrap(s slot) []byte {
	return join(labelWrap, f.Dataset[:], s.ID[:], []byte{byte(s.Kind)}, number(f.Epoch))
}

func (f *file) aboutKey(k dataKey) []byte {
	return join(labelData, f.Dataset[:], k.ID[:], []byte(k.Purpose), number(k.Epoch), number(uint64(k.Made)))
}

func (o Options) passwordKey(password string, s slot) []byte {
	normal := []byte(norm.NFKC.String(password))
	defer clear(normal)
	return o.stretch(normal, s.Salt[:], s.params())
}

func recoveryKey(k RecoveryKey, s slot) ([]byte, error) {
	return derive(k.secret[:], s.Salt[:], labelRecovery)
}

// owner is what a password or recovery key opens.
type owner struct {
	slot    slot
	private hpke.PrivateKey
	voucher []byte
}

// open opens a slot's private part; errSealed where the key is not its owner's.
func (f *file) open(s slot, key []byte) (owner, error) {
	plain, err := unseal(key, s.Private, f.about(labelPrivate, s))
	if err != nil {
		return owner{}, err
	}
	defer clear(plain)
	private, err := kem().NewPrivateKey(plain[:keySize])
	if err != nil {
		return owner{}, fmt.Errorf("private key: %w", err)
	}
	return owner{s, private, slices.Clone(plain[keySize:])}, nil
}

// master unwraps the master key for an owner.
func (f *file) master(w owner) ([]byte, error) {
	return unwrap(w.private, w.voucher, w.slot.Wrapped, f.aboutWrap(w.slot))
}

// blank begins a slot: what its key is stretched with.
func blank(rand io.Reader, k kind, tag [16]byte, p Params) (slot, error) {
	b, err := draw(rand, idSize+saltSize)
	if err != nil {
		return slot{}, err
	}
	return slot{ID: [idSize]byte(b), Kind: k, Tag: tag, Salt: [saltSize]byte(b[idSize:]), Memory: p.Memory, Time: p.Time, Threads: p.Threads}, nil
}

// fill gives a blank slot its key pair, sealed under its password's key. What remains, bind does.
func (f *file) fill(rand io.Reader, s slot, key []byte) (owner, error) {
	plain, err := draw(rand, 2*keySize)
	if err != nil {
		return owner{}, err
	}
	defer clear(plain)
	private, err := kem().NewPrivateKey(plain[:keySize])
	if err != nil {
		return owner{}, fmt.Errorf("private key: %w", err)
	}
	s.Public = private.PublicKey().Bytes()
	if s.Private, err = seal(rand, key, plain, f.about(labelPrivate, s)); err != nil {
		return owner{}, err
	}
	return owner{s, private, slices.Clone(plain[keySize:])}, nil
}

// bind wraps the master key to a slot, and keeps the voucher key for the next time.
func (f *file) bind(rand io.Reader, s slot, voucher, master []byte) (slot, error) {
	key, err := derive(master, f.Dataset[:], labelVoucher)
	if err != nil {
		return s, err
	}
	defer clear(key)
	if s.Voucher, err = seal(rand, key, voucher, f.about(labelVoucher, s)); err != nil {
		return s, err
	}
	s.Wrapped, err = wrap(s.Public, voucher, master, f.aboutWrap(s))
	return s, err
}

func (f *file) voucher(s slot, master []byte) ([]byte, error) {
	key, err := derive(master, f.Dataset[:], labelVoucher)
	if err != nil {
		return nil, err
	}
	defer clear(key)
	return unseal(key, s.Voucher, f.about(labelVoucher, s))
}

func (f *file) sealKey(rand io.Reader, k dataKey, secret, master []byte) (dataKey, error) {
	key, err := derive(master, f.Dataset[:], labelData)
	if err != nil {
		return k, err
	}
	defer clear(key)
	k.Sealed, err = seal(rand, key, secret, f.aboutKey(k))
	return k, err
}

func (f *file) openKey(k dataKey, master []byte) ([]byte, error) {
	key, err := derive(master, f.Dataset[:], labelData)
	if err != nil {
		return nil, err
	}
	defer clear(key)
	return unseal(key, k.Sealed, f.aboutKey(k))
}

// strongest gives what the costliest password of the file costs.
func (f *file) strongest() Params {
	p := floor
	for _, s := range f.Slots {
		if s.params().cost() > p.cost() {
			p = s.params()
		}
	}
	return p
}
