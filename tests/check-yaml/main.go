// Command check-yaml answers what Kubernetes makes of texts. It is used to compare the reader with, in
// development only.
//
// Standard input: for each text a mode byte ('d': one document, 's': a file, as kubectl reads it), how often to
// read it (one byte), its length (4 bytes, little endian), the text. Standard output: for each a line of JSON.
package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"io"
	"os"
	"slices"

	utiljson "k8s.io/apimachinery/pkg/util/json"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

type raw struct{ data []byte }

func (r *raw) UnmarshalJSON(data []byte) error {
	r.data = bytes.Clone(data)
	return nil
}

type answer struct {
	// One for each way it came out: the order of Go's maps is random.
	JSON      []string `json:"json,omitempty"`
	Documents []string `json:"documents,omitempty"`
	Error     string   `json:"error,omitempty"`
	Strict    string   `json:"strict,omitempty"`
}

func document(text []byte, times int) answer {
	var a answer
	for range times {
		data, err := yaml.YAMLToJSON(text)
		if err != nil {
			a.Error = err.Error()
			return a
		}
		if !slices.Contains(a.JSON, string(data)) {
			a.JSON = append(a.JSON, string(data))
		}
	}
	if _, err := yaml.YAMLToJSONStrict(text); err != nil {
		a.Strict = err.Error()
	}
	return a
}

func file(text []byte) answer {
	var a answer
	decoder := utilyaml.NewYAMLOrJSONDecoder(bytes.NewReader(text), 4096)
	for {
		var next raw
		if err := decoder.Decode(&next); err != nil {
			if err != io.EOF {
				a.Error = err.Error()
			}
			return a
		}
		data := bytes.TrimSpace(next.data)
		if len(data) == 0 || bytes.Equal(data, []byte("null")) {
			continue
		}
		// The client decodes the document next, and refuses numbers beyond 64-bit floats there.
		var value any
		if err := utiljson.Unmarshal(data, &value); err != nil {
			a.Error = err.Error()
			return a
		}
		made, err := json.Marshal(value)
		if err != nil {
			panic(err)
		}
		a.Documents = append(a.Documents, string(made))
	}
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	head := make([]byte, 6)
	for {
		if _, err := io.ReadFull(in, head); err != nil {
			return
		}
		text := make([]byte, binary.LittleEndian.Uint32(head[2:]))
		if _, err := io.ReadFull(in, text); err != nil {
			return
		}
		var a answer
		if head[0] == 's' {
			a = file(text)
		} else {
			a = document(text, int(head[1]))
		}
		if err := encoder.Encode(a); err != nil {
			panic(err)
		}
	}
}
