package vault

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
)

const (
	keySize  = 32
	saltSize = 16
	idSize   = 16
	overhead = chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead

	publicSize  = 1216 // ML-KEM-768 encapsulation key, X25519 point
	privateSize = keySize + keySize + overhead
	voucherSize = keySize + overhead
	wrapSize    = 1120 + keySize + sha256.Size + chacha20poly1305.Overhead // encapsulation, master key, vouch, tag
)

// Labels keep every use of a key apart; FORMAT.md lists them.
const (
	labelRecovery = "wardbook/slots/1/recovery kek"
	labelPrivate  = "wardbook/slots/1/private key"
	labelVoucher  = "wardbook/slots/1/voucher key"
	labelWrap     = "wardbook/slots/1/master key"
	labelVouch    = "wardbook/slots/1/vouch"
	labelData     = "wardbook/slots/1/data key"
	labelMAC      = "wardbook/slots/1/file mac"
	labelName     = "wardbook/slots/1/name"
)

var errSealed = errors.New("a sealed value does not open")

// join makes one string of bytes of several that can't be read as any other list of parts.
func join(label string, parts ...[]byte) []byte {
	all := binary.BigEndian.AppendUint32(nil, uint32(len(label)))
	all = append(all, label...)
	for _, p := range parts {
		all = binary.BigEndian.AppendUint32(all, uint32(len(p)))
		all = append(all, p...)
	}
	return all
}

func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func argon(password, salt []byte, p Params) []byte {
	return argon2.IDKey(password, salt, p.Time, p.Memory, p.Threads, keySize)
}

// derive gives the key for one purpose; it fails only where a FIPS mode forbids the hash or the secret's length.
func derive(secret, salt []byte, label string) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, secret, salt, label, keySize)
	if err != nil {
		return nil, fmt.Errorf("derive %s: %w", label, err)
	}
	return key, nil
}

func tagged(key []byte, message []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(message)
	return h.Sum(nil)
}

func draw(rand io.Reader, size int) ([]byte, error) {
	b := make([]byte, size)
	if _, err := io.ReadFull(rand, b); err != nil {
		return nil, fmt.Errorf("draw random bytes: %w", err)
	}
	return b, nil
}

// seal answers nonce and ciphertext. A random nonce of 24 bytes may be drawn for as many values as one likes.
func seal(rand io.Reader, key, plain, about []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	nonce, err := draw(rand, chacha20poly1305.NonceSizeX)
	if err != nil {
		return nil, err
	}
	return aead.Seal(nonce, nonce, plain, about), nil
}

func unseal(key, sealed, about []byte) ([]byte, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	if len(sealed) < overhead {
		return nil, errSealed
	}
	plain, err := aead.Open(nil, sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:], about)
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}

// A file on a stolen disk shows every public key. With X25519 alone a quantum computer would get from there to the master key
// without any password; ML-KEM beside it closes that way, and X25519 holds should ML-KEM fall.
func kem() hpke.KEM { return hpke.MLKEM768X25519() }

func suite() (hpke.KDF, hpke.AEAD) { return hpke.HKDFSHA256(), hpke.ChaCha20Poly1305() }

// wrap puts the master key where only the owner of a public key finds it. Anybody can wrap to a public key, so a vouch under a key
// that only owner and holders of the master key know goes along: an owner never takes a master key that a stranger made up.
func wrap(public, voucher, master, about []byte) ([]byte, error) {
	pub, err := kem().NewPublicKey(public)
	if err != nil {
		return nil, fmt.Errorf("public key: %w", err)
	}
	kdf, aead := suite()
	return hpke.Seal(pub, kdf, aead, about, append(append([]byte{}, master...), vouch(voucher, master, about)...))
}

func unwrap(private hpke.PrivateKey, voucher, wrapped, about []byte) ([]byte, error) {
	kdf, aead := suite()
	plain, err := hpke.Open(private, kdf, aead, about, wrapped)
	if err != nil || len(plain) != keySize+sha256.Size {
		return nil, errSealed
	}
	master := plain[:keySize:keySize]
	if !hmac.Equal(plain[keySize:], vouch(voucher, master, about)) {
		return nil, errors.New("nobody vouches for the master key")
	}
	return master, nil
}

func vouch(voucher, master, about []byte) []byte {
	return tagged(voucher, join(labelVouch, about, master))
}
