package provenance

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// The schemas of the XMP packets.
const (
	spaceXMP  = "http://ns.adobe.com/xap/1.0/"
	spaceIPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
	spacePLUS = "http://ns.useplus.org/ldf/xmp/1.0/"
	// spaceTC260 is that of China's practice guide for GB 45438-2025.
	spaceTC260 = "http://www.tc260.org.cn/ns/AIGC/1.0/"
)

// xmp writes what laws and IPTC ask to be in a file's XMP packet: the digital
// source type; the system, its version, the time and a unique id (California);
// and the field AIGC (China). The prompt is left out if it is "".
func (s *Sealer) xmp(o Origin, prompt string) []byte {
	id := "urn:marquee:" + IDWord(o.ID)
	var b strings.Builder
	attr := func(name, value string) {
		b.WriteString(" " + name + `="`)
		// A strings.Builder never fails.
		_ = xml.EscapeText(&b, []byte(value))
		b.WriteString(`"`)
	}
	b.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""`)
	attr("xmlns:xmp", spaceXMP)
	attr("xmlns:Iptc4xmpExt", spaceIPTC)
	attr("xmlns:plus", spacePLUS)
	attr("xmp:CreatorTool", strings.TrimSpace(s.Program.Name+" "+s.Program.Version))
	attr("xmp:CreateDate", o.CreatedAt.UTC().Format(time.RFC3339))
	attr("Iptc4xmpExt:DigitalSourceType", SourceURI(o.SourceType))
	attr("Iptc4xmpExt:DigImageGUID", id)
	attr("plus:ImageSupplierImageID", id)
	if !o.Painted() {
		attr("Iptc4xmpExt:AISystemUsed", strings.TrimSpace(o.Provider+" "+o.Model))
		attr("Iptc4xmpExt:AISystemVersionUsed", o.Version)
		if prompt != "" {
			attr("Iptc4xmpExt:AIPromptInformation", prompt)
		}
		attr("xmlns:TC260", spaceTC260)
		attr("TC260:AIGC", s.aigc(o))
	}
	b.WriteString(`/></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`)
	return []byte(b.String())
}

// aigc is the implicit label of GB 45438-2025, annex E. Label 1 says that it is
// made by artificial intelligence. Who produced it also shows it.
func (s *Sealer) aigc(o Origin) string {
	label := struct {
		Label             string
		ContentProducer   string
		ProduceID         string
		ReservedCode1     string
		ContentPropagator string
		PropagateID       string
		ReservedCode2     string
	}{"1", s.Producer, IDWord(o.ID), "", s.Producer, IDWord(o.ID), ""}
	data, err := json.Marshal(label)
	if err != nil {
		panic(fmt.Sprint("of strings alone: ", err))
	}
	return string(data)
}
