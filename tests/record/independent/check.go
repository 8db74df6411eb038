// Check one of OneVoice's records with Go's own transparency-log library, golang.org/x/mod/sumdb.
// It shares no code with the product. Usage: check FOLDER [PROOF ENTRY-FILE]...
// FOLDER holds the log as it is served: vkey, checkpoint, older (checkpoints, optional), tile/...
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func main() {
	folder := os.Args[1]
	verifiers := note.VerifierList(keys(folder)...)
	head := open(read(filepath.Join(folder, "checkpoint")), verifiers)
	reader := tlog.TileHashReader(head, &tiles{folder: folder, size: head.N})

	entries := bundles(folder, head.N)
	for number, entry := range entries {
		proof, err := tlog.ProveRecord(head.N, int64(number), reader)
		must(err, "prove record")
		must(tlog.CheckRecord(proof, head.N, head.Hash, int64(number), tlog.RecordHash(entry)), "check record")
	}
	for _, path := range glob(filepath.Join(folder, "older", "*")) {
		older := open(read(path), verifiers)
		proof, err := tlog.ProveTree(head.N, older.N, reader)
		must(err, "prove tree")
		must(tlog.CheckTree(proof, head.N, head.Hash, older.N, older.Hash), "check tree "+path)
	}
	for i := 2; i+1 < len(os.Args); i += 2 {
		checkProof(read(os.Args[i]), read(os.Args[i+1]), verifiers)
	}
	fmt.Printf("%d entries, %d proofs\n", len(entries), (len(os.Args)-2)/2)
}

// checkProof reads a C2SP tlog-proof and holds it against the entry.
func checkProof(data, entry []byte, verifiers note.Verifiers) {
	parts := bytes.SplitN(data, []byte("\n\n"), 2)
	lines := strings.Split(string(parts[0]), "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		fail("not a tlog-proof")
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64)
	must(err, "index")
	var proof tlog.RecordProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		must(err, "hash")
		proof = append(proof, hash)
	}
	head := open(parts[1], verifiers)
	must(tlog.CheckRecord(proof, head.N, head.Hash, index, tlog.RecordHash(entry)), "check proof")
}

// open checks the signature and reads the three lines of a checkpoint.
func open(signed []byte, verifiers note.Verifiers) tlog.Tree {
	opened, err := note.Open(signed, verifiers)
	must(err, "open note")
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err, "size")
	hash, err := tlog.ParseHash(lines[2])
	must(err, "root")
	if lines[0] != opened.Sigs[0].Name {
		fail("signed under another name than the origin")
	}
	if base64.StdEncoding.EncodeToString(hash[:]) != lines[2] {
		fail("root")
	}
	return tlog.Tree{N: size, Hash: hash}
}

func keys(folder string) []note.Verifier {
	var found []note.Verifier
	for _, path := range glob(filepath.Join(folder, "vkey*")) {
		for _, line := range strings.Fields(string(read(path))) {
			verifier, err := note.NewVerifier(line)
			must(err, "vkey")
			found = append(found, verifier)
		}
	}
	return unique(found)
}

func unique(keys []note.Verifier) []note.Verifier {
	seen := map[uint32]bool{}
	var kept []note.Verifier
	for _, key := range keys {
		if !seen[key.KeyHash()] {
			kept = append(kept, key)
		}
		seen[key.KeyHash()] = true
	}
	return kept
}

// bundles reads every entry of the log.
func bundles(folder string, size int64) [][]byte {
	var entries [][]byte
	for n := int64(0); n*256 < size; n++ {
		width := int(size - n*256)
		if width > 256 {
			width = 256
		}
		data := read(filepath.Join(folder, path("entries", tlog.Tile{H: height, L: 0, N: n, W: width})))
		for len(data) > 0 {
			length := int(binary.BigEndian.Uint16(data))
			entries = append(entries, data[2:2+length])
			data = data[2+length:]
		}
	}
	if int64(len(entries)) != size {
		fail("number of entries")
	}
	return entries
}

// path turns Go's tile/8/LEVEL/NUMBER into C2SP's tile/LEVEL/NUMBER.
func path(level string, tile tlog.Tile) string {
	parts := strings.SplitN(tile.Path(), "/", 4)
	return "tile/" + level + "/" + parts[3]
}

type tiles struct {
	folder string
	size   int64
}

func (t *tiles) Height() int                     { return height }
func (t *tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// ReadTiles reads each tile at the width that this size of the log has.
func (t *tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		served := tile
		if there := t.size>>(height*uint(tile.L)) - tile.N<<height; there < 1<<height {
			served.W = int(there)
		} else {
			served.W = 1 << height
		}
		data, err := os.ReadFile(filepath.Join(t.folder, path(strconv.Itoa(tile.L), served)))
		if err != nil {
			return nil, err
		}
		found = append(found, data[:tile.W*tlog.HashSize])
	}
	return found, nil
}

func glob(pattern string) []string {
	found, err := filepath.Glob(pattern)
	must(err, pattern)
	return found
}

func read(name string) []byte {
	data, err := os.ReadFile(name)
	must(err, "read")
	return data
}

func must(err error, what string) {
	if err != nil {
		fail(what + ": " + err.Error())
	}
}

func fail(what string) {
	fmt.Println("FAILED", what)
	os.Exit(1)
}
