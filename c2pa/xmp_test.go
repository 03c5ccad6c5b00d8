package c2pa

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gen2brain/webp"
)

// packetOf is an XMP packet with one field and whatever else.
func packetOf(source, more string) []byte {
	return []byte(`<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" Iptc4xmpExt:DigitalSourceType="` + source + `"/>` + more +
		`</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`)
}

// opens tells whether the picture of a file is still read, and is it.
func opens(ext string, data []byte) error {
	switch a := bytes.NewReader(data); ext {
	case "png":
		_, err := png.Decode(a)
		return err
	case "jpg":
		_, err := jpeg.Decode(a)
		return err
	case "webp":
		_, err := webp.Decode(a)
		return err
	case "mp4":
		return pointsToSample(data)
	default:
		want := uint32(bytes.Index(data, []byte("mdat")) + 4)
		if got := binary.BigEndian.Uint32(data[bytes.Index(data, []byte("iloc"))+4+14:]); got != want {
			return errors.New("iloc points elsewhere")
		}
	}
	return nil
}

// pointsToSample tells whether both tables of an MP4 point to its sample.
func pointsToSample(data []byte) error {
	want := int64(bytes.Index(data, []byte("mdat")) + 4)
	i, j := bytes.Index(data, []byte("stco")), bytes.Index(data, []byte("co64"))
	if int64(binary.BigEndian.Uint32(data[i+12:])) != want || int64(binary.BigEndian.Uint64(data[j+12:])) != want {
		return errors.New("the tables point elsewhere")
	}
	return nil
}

func TestXMPIsWritten(t *testing.T) {
	t.Parallel()
	w := theWorld()
	const address = "https://example.com/a?b=1&c=2"
	files := map[string][]byte{}
	for ext, data := range samples(t) {
		d := made()
		d.XMP = packetOf("first", "")
		files["written."+ext] = sign(t, data, d, w.signer, SignOptions{})
		d.XMP = packetOf("second", "")
		files["replaced."+ext] = sign(t, files["written."+ext], d, w.signer, SignOptions{})
		d.XMP = nil
		files["kept."+ext] = sign(t, files["replaced."+ext], d, w.signer, SignOptions{})
		d.Remote = "https://example.com/old"
		files["pointed."+ext] = sign(t, files["kept."+ext], d, w.signer, SignOptions{})
		d.Remote = address
		files["moved."+ext] = sign(t, files["pointed."+ext], d, w.signer, SignOptions{})
		files["bare."+ext] = sign(t, data, d, w.signer, SignOptions{})
		d.XMP = packetOf("third", "")
		files["both."+ext] = sign(t, files["written."+ext], d, w.signer, SignOptions{})
		if ext == "png" || ext == "jpg" {
			d.Boxes = true
			files["boxes."+ext] = sign(t, data, d, w.signer, SignOptions{})
		}
	}
	said := map[string]string{"written": "first", "replaced": "second", "kept": "second", "pointed": "second", "moved": "second", "both": "third", "boxes": "third"}
	exact := map[string][]byte{"written": packetOf("first", ""), "replaced": packetOf("second", ""), "kept": packetOf("second", "")}
	for name, data := range files {
		kind, ext, _ := strings.Cut(name, ".")
		got, err := XMPOf(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if want := exact[kind]; want != nil && !bytes.Equal(got, want) {
			t.Errorf("%s: %s", name, got)
		}
		if !strings.Contains(string(got), said[kind]) || checkXMP(got) != nil {
			t.Errorf("%s: %s", name, got)
		}
		for _, other := range []string{"first", "second", "third"} {
			if other != said[kind] && bytes.Contains(data, []byte(`DigitalSourceType="`+other)) {
				t.Errorf("%s: %s is still there", name, other)
			}
		}
		url, err := RemoteURL(bytes.NewReader(data))
		want := map[string]string{"pointed": "https://example.com/old", "moved": address, "bare": address, "both": address, "boxes": address}[kind]
		if err != nil || url != want {
			t.Errorf("%s: %q %v", name, url, err)
		}
		if n := bytes.Count(data, []byte("provenance")); want != "" && n != 1 {
			t.Errorf("%s: %d addresses", name, n)
		}
		if r := validate(t, data, w.options); r.State != Trusted {
			t.Errorf("%s: %s %q", name, r.State, explain(r))
		}
		if i := bytes.Index(data, []byte("DigitalSourceType=")); i >= 0 {
			if r := validate(t, flip(data, i+20), w.options); r.State != Invalid {
				t.Errorf("%s: the packet is changed, and it is %s", name, r.State)
			}
		}
		if err := opens(ext, data); err != nil {
			t.Errorf("%s does not open any more: %v", name, err)
		}
	}
	for name, v := range outside(t, pemOf(w.root.cert), files) {
		if v.State != "Trusted" {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

// TestRemoteOnly writes a file that has only the address of its credential.
func TestRemoteOnly(t *testing.T) {
	t.Parallel()
	w := theWorld()
	const address = "https://example.com/work.c2pa"
	for ext, data := range samples(t) {
		d := made()
		d.Remote = address
		var out bytes.Buffer
		s, err := Sign(t.Context(), &out, bytes.NewReader(sign(t, data, made(), w.signer, SignOptions{})), d, w.signer, SignOptions{RemoteOnly: true})
		if err != nil {
			t.Fatalf("%s: %v", ext, err)
		}
		if _, err := Read(bytes.NewReader(out.Bytes()), Limits{}); !errors.Is(err, ErrNone) {
			t.Errorf("%s: a credential is inside: %v", ext, err)
		}
		if err := opens(ext, out.Bytes()); err != nil {
			t.Errorf("%s does not open any more: %v", ext, err)
		}
		o := w.options
		o.Fetch = func(_ context.Context, got string) ([]byte, error) {
			if got != address {
				t.Errorf("fetched %s", got)
			}
			return s.Store, nil
		}
		if r := validate(t, out.Bytes(), o); r.State != Trusted || r.Remote != address {
			t.Errorf("%s: %s %q", ext, r.State, explain(r))
		}
		if r := validate(t, flip(out.Bytes(), out.Len()-30), o); r.State != Invalid {
			t.Errorf("%s: changed, and %s", ext, r.State)
		}
	}
}

// TestOutsideFindsRemote has c2pa-rs find the address in files that have only
// that, and trust them by what is kept there.
func TestOutsideFindsRemote(t *testing.T) {
	t.Parallel()
	w := theWorld()
	modules, dir := nodeBinding(t), t.TempDir()
	args := []string{"testdata/outside/remote.mjs", modules, filepath.Join(dir, "anchors.pem")}
	kept := map[string][]byte{args[2]: pemOf(w.root.cert)}
	all := samples(t)
	real := realAVIF(t)
	for name, data := range map[string][]byte{"a.png": all["png"], "a.jpg": all["jpg"], "a.webp": all["webp"], "a.mp4": all["mp4"], "a.avif": all["avif"], "real.avif": real} {
		d := made()
		d.Remote = "https://example.com/" + name
		var out bytes.Buffer
		s, err := Sign(t.Context(), &out, bytes.NewReader(data), d, w.signer, SignOptions{RemoteOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, name)
		kept[path], kept[path+".c2pa"] = out.Bytes(), s.Store
		args = append(args, path)
	}
	for path, data := range kept {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.CommandContext(t.Context(), "node", args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	for i, path := range args[3:] {
		want := `{"address":"https://example.com/` + filepath.Base(path) + `","state":"Trusted"}`
		if i >= len(lines) || lines[i] != want {
			t.Errorf("%s: %q", filepath.Base(path), lines)
		}
	}
}

// TestWebPHeader writes XMP into each kind of WebP: simple, lossless, and
// with a header of its own.
func TestWebPHeader(t *testing.T) {
	t.Parallel()
	var lossless bytes.Buffer
	if err := webp.Encode(&lossless, picture(33, 21), webp.Options{Lossless: true}); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"lossy": webpOf(t, 33, 21), "lossless": lossless.Bytes()} {
		before, err := webp.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		d := made()
		d.XMP = packetOf("x", " ") // one of the lengths is odd
		for range 2 {
			data = sign(t, data, d, theWorld().signer, SignOptions{})
			d.XMP = packetOf("xy", " ")
		}
		head := data[12:30]
		if string(head[:4]) != "VP8X" || head[8]&webpXMPFlag == 0 || head[12] != 32 || head[15] != 20 {
			t.Errorf("%s: %q", name, head)
		}
		m, err := webp.Decode(bytes.NewReader(data))
		if err != nil || !reflect.DeepEqual(m, before) {
			t.Errorf("%s: the picture is another: %v", name, err)
		}
	}
}

// TestXMPElsewhere reads and replaces packets as other programs write them.
func TestXMPElsewhere(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	z.Write(packetOf("packed", "")) // into memory
	z.Close()
	b := pngOf(t, 8, 8)
	before := func(c []byte) []byte { return slices.Concat(b[:33], c, b[33:]) }
	j := jpegOf(t, 8, 8)
	segmentOf := func(head string, data []byte) []byte {
		s := binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(2+len(head)+len(data)))
		return append(append(s, head...), data...)
	}
	more := segmentOf(xmpMoreHead, []byte("0123456789abcdef0123456789abcdef12345678rest of it"))
	long := slices.Concat(j[:2], segmentOf(xmpHead, packetOf("long", `<rdf:Description rdf:about="" xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="0123456789abcdef0123456789abcdef"/>`)), more, j[2:])
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"compressed":      {before(chunk("iTXt", slices.Concat([]byte(xmpKeyword+"\x01\x00\x00\x00"), packed.Bytes()))), "packed"},
		"with a language": {before(chunk("iTXt", slices.Concat([]byte(xmpKeyword+"\x00\x00en\x00xmp\x00"), packetOf("english", "")))), "english"},
		"extended":        {long, "long"},
	} {
		got, err := XMPOf(bytes.NewReader(c.file))
		if err != nil || !strings.Contains(string(got), `DigitalSourceType="`+c.want) {
			t.Errorf("%s: %s %v", name, got, err)
		}
		d := made()
		d.Remote = "https://example.com/"
		pointed := sign(t, c.file, d, theWorld().signer, SignOptions{})
		if got, err := XMPOf(bytes.NewReader(pointed)); err != nil || !strings.Contains(string(got), c.want) || !strings.Contains(string(got), d.Remote) {
			t.Errorf("%s: %s %v", name, got, err)
		}
		if has := bytes.Contains(pointed, more); has != (name == "extended") {
			t.Errorf("%s: the further piece is there: %v", name, has)
		}
		d.Remote, d.XMP = "", packetOf("new", "")
		if bytes.Contains(sign(t, c.file, d, theWorld().signer, SignOptions{}), more) {
			t.Errorf("%s: the further piece of another packet is there", name)
		}
	}
	bomb := func() []byte {
		var out bytes.Buffer
		z := zlib.NewWriter(&out)
		z.Write(make([]byte, longestXMP+1))
		z.Close()
		return before(chunk("iTXt", slices.Concat([]byte(xmpKeyword+"\x01\x00\x00\x00"), out.Bytes())))
	}()
	if _, err := XMPOf(bytes.NewReader(bomb)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a packet that unpacks to too much: %v", err)
	}
	if r := validate(t, bomb, theWorld().options); r.State != None {
		t.Errorf("%s %q", r.State, explain(r))
	}
	for name, data := range samples(t) {
		if got, err := XMPOf(bytes.NewReader(data)); got != nil || err != nil {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	if _, err := XMPOf(strings.NewReader("text")); !errors.Is(err, ErrFormat) {
		t.Error(err)
	}
}

// TestProvenance puts the address into packets of many forms; the rest stays.
func TestProvenance(t *testing.T) {
	t.Parallel()
	const dcterms = ` xmlns:dcterms="http://purl.org/dc/terms/"`
	for name, more := range map[string]string{
		"none":        "",
		"attribute":   `<rdf:Description` + dcterms + ` dcterms:provenance = 'https://old.example/' dcterms:kept="1"/>`,
		"element":     `<rdf:Description` + dcterms + `><dcterms:provenance>https://old.example/</dcterms:provenance><dcterms:kept>1</dcterms:kept></rdf:Description>`,
		"nested":      `<rdf:Description` + dcterms + `><dcterms:provenance><rdf:Alt><rdf:li>https://old.example/</rdf:li></rdf:Alt></dcterms:provenance><dcterms:kept/></rdf:Description>`,
		"resource":    `<rdf:Description` + dcterms + `><dcterms:provenance rdf:resource="https://old.example/"/><dcterms:kept/></rdf:Description>`,
		"other names": `<rdf:Description xmlns:t="http://purl.org/dc/terms/" t:kept="&lt;" t:provenance="https://old.example/"/>`,
	} {
		got, err := withProvenance(packetOf("x", more), `https://new.example/?a=1&b="2"`)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		s := string(got)
		if strings.Contains(s, "old.example") || strings.Count(s, "provenance") != 1 || checkXMP(got) != nil ||
			!strings.Contains(s, `https://new.example/?a=1&amp;b=&#34;2&#34;`) || more != "" && !strings.Contains(s, "kept") || !strings.Contains(s, `DigitalSourceType="x"`) {
			t.Errorf("%s: %s", name, s)
		}
	}
}

func TestXMPThatCantBe(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		d Definition
		o SignOptions
	}{
		"no XML":              {d: Definition{XMP: []byte("hello")}},
		"empty":               {d: Definition{XMP: []byte{}}},
		"not closed":          {d: Definition{XMP: packetOf("x", "<rdf:li>")}},
		"no RDF":              {d: Definition{XMP: []byte("<x/>")}},
		"a file's address":    {d: Definition{Remote: "file:///etc/passwd"}},
		"no host":             {d: Definition{Remote: "https:///x"}},
		"a long address":      {d: Definition{Remote: "https://x/" + strings.Repeat("a", 2048)}},
		"remote of nowhere":   {o: SignOptions{RemoteOnly: true}},
		"detached and XMP":    {d: Definition{XMP: packetOf("x", "")}, o: SignOptions{Detached: true}},
		"detached and remote": {d: Definition{Remote: "https://x/"}, o: SignOptions{Detached: true}},
	} {
		d := made()
		d.XMP, d.Remote = c.d.XMP, c.d.Remote
		if _, err := Sign(t.Context(), io.Discard, bytes.NewReader(pngOf(t, 8, 8)), d, theWorld().signer, c.o); !errors.Is(err, ErrDefinition) {
			t.Errorf("%s: %v", name, err)
		}
	}
	d := made()
	d.XMP = packetOf("x", "<!--"+strings.Repeat("-x", 33_000)+" -->")
	if _, err := Sign(t.Context(), io.Discard, bytes.NewReader(jpegOf(t, 8, 8)), d, theWorld().signer, SignOptions{}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a packet that no JPEG holds: %v", err)
	}
	if sign(t, pngOf(t, 8, 8), d, theWorld().signer, SignOptions{}) == nil {
		t.Error("a PNG holds it")
	}
}
