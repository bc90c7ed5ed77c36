package trial

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/google/uuid"

	"wardbook/data"
)

// Cabinets is how many drug cabinets there are; each begins with Stock ampoules.
const (
	Cabinets = 32
	Stock    = 1000
)

// strikeEvery and strikeBack: the transfer n with n%strikeEvery == 0 strikes the one strikeBack before it. attachEvery: how often
// one carries a scanned slip.
const (
	strikeEvery = 7
	strikeBack  = 32
	attachEvery = 40
)

// CabinetID numbers the cabinets from 0.
type CabinetID int

// RecordID is the key's encoding.
func (c CabinetID) RecordID() data.ID { return data.ID(data.Encode(int(c))) }

// FromRecordID is the way back.
func (CabinetID) FromRecordID(id data.ID) (CabinetID, error) {
	n, err := number(id)
	return CabinetID(n), err
}

// TransferID numbers the transfers from 1.
type TransferID uint64

// RecordID is the key's encoding.
func (t TransferID) RecordID() data.ID { return data.ID(data.Encode(uint64(t))) }

// FromRecordID is the way back.
func (TransferID) FromRecordID(id data.ID) (TransferID, error) {
	n, err := number(id)
	return TransferID(n), err
}

func number(id data.ID) (int64, error) {
	parts, err := data.Decode(data.Key(id))
	if err != nil {
		return 0, err
	}
	if len(parts) == 1 {
		switch n := parts[0].(type) {
		case int64:
			return n, nil
		case uint64:
			return int64(n), nil
		}
	}
	return 0, fmt.Errorf("no number")
}

// Cabinet is what a cabinet holds.
type Cabinet struct {
	Ampoules int64 `cbor:"1,keyasint"`
}

// Transfer is ampoules taken from one cabinet to another for a patient.
type Transfer struct {
	Number  uint64            `cbor:"1,keyasint"`
	From    CabinetID         `cbor:"2,keyasint"`
	To      CabinetID         `cbor:"3,keyasint"`
	Amount  int64             `cbor:"4,keyasint"`
	MRN     string            `cbor:"5,keyasint"`
	Patient string            `cbor:"6,keyasint"`
	Note    string            `cbor:"7,keyasint"`
	Slip    []data.Attachment `cbor:"8,keyasint,omitempty"`
}

// Brief is what lists show of a transfer.
type Brief struct {
	Number  uint64 `cbor:"1,keyasint"`
	Patient string `cbor:"2,keyasint"`
}

func brief(r data.Row[TransferID, Transfer]) Brief { return Brief{r.Value.Number, r.Value.Patient} }

// Tables are the trial's tables and indexes.
type Tables struct {
	Cabinets  *data.Table[CabinetID, Cabinet]
	Transfers *data.Table[TransferID, Transfer]
	ByMRN     *data.UniqueIndex[TransferID, Transfer]
	ByCabinet *data.Index[TransferID, Transfer, Brief]
	ByName    *data.TextIndex[TransferID, Transfer, Brief]
	Schema    *data.Schema
}

// Declare makes the tables.
func Declare() (*Tables, error) {
	t := &Tables{}
	t.Cabinets = data.NewTable[CabinetID, Cabinet](data.TableSpec[Cabinet]{Number: 16, Name: "cabinets"})
	t.Transfers = data.NewTable[TransferID, Transfer](data.TableSpec[Transfer]{Number: 17, Name: "transfers",
		Attachments: func(v Transfer) []data.Attachment { return v.Slip }})
	t.ByMRN = data.NewUnique(t.Transfers, data.UniqueSpec[TransferID, Transfer]{Number: 1, Name: "MRN",
		Keys: func(r data.Row[TransferID, Transfer]) []data.Key { return []data.Key{data.Encode(r.Value.MRN)} }})
	t.ByCabinet = data.NewIndex(t.Transfers, data.IndexSpec[TransferID, Transfer, Brief]{Number: 2, Name: "cabinet", Cover: brief,
		Keys: func(r data.Row[TransferID, Transfer]) []data.Key { return []data.Key{data.Encode(int(r.Value.From))} }})
	t.ByName = data.NewText(t.Transfers, data.TextSpec[TransferID, Transfer, Brief]{Number: 3, Name: "name", Cover: brief,
		Texts: func(r data.Row[TransferID, Transfer]) []string { return []string{r.Value.Patient, r.Value.MRN} }})
	var err error
	t.Schema, err = data.NewSchema(t.Cabinets.Def(), t.Transfers.Def())
	return t, err
}

var (
	families = []string{"Lindqvist", "Ødegaard", "Kowalczyk", "Großmann", "Nguyễn", "Papadopoulos", "O'Sullivan", "Yılmaz",
		"Fernández", "Łukaszewski", "Achterberg", "Vandenbroucke", "Hämäläinen", "Szczepański"}
	givens = []string{"Margarethe", "Björn", "Agnieszka", "Thurgood", "Dolores", "Ekaterina", "Sigurður", "Wilhelmina", "Françoise"}
)

// Expected is the transfer of a number, without its slip.
func Expected(n uint64) Transfer {
	h := mix(n)
	from := CabinetID(h % Cabinets)
	return Transfer{
		Number: n, From: from, To: (from + 1 + CabinetID(h>>8%(Cabinets-1))) % Cabinets, Amount: int64(h>>16%9) + 1,
		MRN:     fmt.Sprintf("MRN%08d", n*7919%99_999_989), // a prime: no two numbers below it share one
		Patient: families[h>>24%uint64(len(families))] + " " + givens[h>>32%uint64(len(givens))],
		Note:    "Morphine sulfate 10 mg, second signature " + givens[h>>40%uint64(len(givens))] + string(bytes.Repeat([]byte{'.'}, int(h>>48%200))),
	}
}

// mix spreads a number over 64 bits (the finisher of splitmix64).
func mix(n uint64) uint64 {
	n += 0x9e3779b97f4a7c15
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}

// Operation is the operation under which a transfer is made.
func Operation(n uint64) uuid.UUID {
	return uuid.NewSHA1(uuid.NameSpaceOID, binary.BigEndian.AppendUint64([]byte("transfer"), n))
}

// Cause is why a transfer is made.
func Cause(n uint64) data.Cause {
	return data.Cause{Operation: Operation(n), Who: "nurse-" + givens[n%uint64(len(givens))], Workstation: "medication-room-2",
		Action: "stock.transfer", About: []data.ID{data.ID(Expected(n).MRN)}}
}

// hasSlip tells whether a transfer carries a scanned slip, and slip what it says.
func hasSlip(n uint64) bool { return n%attachEvery == 0 }

func slip(n uint64) []byte {
	line := fmt.Appendf(nil, "Slip %d for %s\n", n, Expected(n).Patient)
	return bytes.Repeat(line, 1+int(mix(n)%400))
}

// strikes tells which transfer the transfer n strikes.
func strikes(n uint64) (uint64, bool) { return n - strikeBack, n%strikeEvery == 0 && n > strikeBack }

// Secrets are words of six letters or more that a store with transfers holds, and that nobody without a key may read in its files:
// names as they are written and as they are folded for the search, some of the MRNs, staff.
func Secrets(transfers uint64) []string {
	var words []string
	for _, name := range append(append([]string{}, families...), givens...) {
		words = append(words, name)
		words = append(words, data.Words(name)...)
	}
	for n := uint64(1); n <= transfers; n += transfers/25 + 1 {
		e := Expected(n)
		words = append(words, e.MRN, e.MRN[3:])
	}
	words = append(words, SignIn, "nurse-", "stock.transfer", "medication-room", "Morphine", "morphine", "Slip 40")
	var long []string
	for _, w := range words {
		if len(w) >= 6 {
			long = append(long, w)
		}
	}
	return long
}
