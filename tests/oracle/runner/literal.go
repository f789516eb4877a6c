// Values as FORMAT('%T') writes them, from what the engine hands out for each type.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	google "github.com/goccy/go-googlesql"
	engine "github.com/goccy/googlesqlite"
)

func literal(value any, ty *engine.ColumnType) (string, error) {
	if value == nil {
		return "NULL", nil
	}
	switch read := value.(type) {
	case bool:
		return strconv.FormatBool(read), nil
	case int64:
		return strconv.FormatInt(read, 10), nil
	case float64:
		return floatLiteral(read), nil
	case string:
		return textLiteral(read, ty)
	case []any:
		return listLiteral(read, ty)
	}
	return "", fmt.Errorf("a value of Go's type %T", value)
}

func listLiteral(values []any, ty *engine.ColumnType) (string, error) {
	structure := kindOf(ty) == google.TypeKindTypeStruct
	parts := make([]string, len(values))
	for index, value := range values {
		inner := ty.ElementType
		if structure {
			inner = ty.FieldTypes[index].Type
		}
		part, err := literal(value, inner)
		if err != nil {
			return "", err
		}
		parts[index] = part
	}
	all := strings.Join(parts, ", ")
	switch {
	case structure && len(values) < 2:
		return "STRUCT(" + all + ")", nil
	case structure:
		return "(" + all + ")", nil
	}
	return "[" + all + "]", nil
}

func floatLiteral(number float64) string {
	if math.IsNaN(number) || math.IsInf(number, 0) {
		name := strings.TrimPrefix(strings.ToLower(strconv.FormatFloat(number, 'g', -1, 64)), "+")
		return fmt.Sprintf("CAST(%q AS FLOAT64)", name)
	}
	text := fmt.Sprintf("%.15g", number)
	if again, err := strconv.ParseFloat(text, 64); err != nil || again != number {
		text = fmt.Sprintf("%.17g", number)
	}
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return text
}

// textLiteral writes a value that the engine hands out as a text.
func textLiteral(value string, ty *engine.ColumnType) (string, error) {
	switch kind := kindOf(ty); kind {
	case google.TypeKindTypeString:
		return quoted(value), nil
	case google.TypeKindTypeBytes:
		bytes, err := base64.StdEncoding.DecodeString(value)
		return quotedBytes(bytes), err
	case google.TypeKindTypeDatetime:
		return "DATETIME " + quoted(shortFraction(strings.Replace(value, "T", " ", 1))), nil
	case google.TypeKindTypeTime, google.TypeKindTypeTimestamp:
		return names[kind] + " " + quoted(shortFraction(value)), nil
	case google.TypeKindTypeInterval:
		return "INTERVAL " + quoted(shortFraction(value)) + " YEAR TO SECOND", nil
	case google.TypeKindTypeJson:
		return "JSON " + quoted(normalised(value)), nil
	case google.TypeKindTypeRange:
		return rangeLiteral(value, ty), nil
	}
	return typeName(ty) + " " + quoted(value), nil
}

// normalised writes a JSON document, which the engine keeps as it was written, without spaces and with its keys in order.
func normalised(document string) string {
	reader := json.NewDecoder(strings.NewReader(document))
	reader.UseNumber()
	var read any
	if reader.Decode(&read) != nil || reader.More() {
		return document
	}
	var written strings.Builder
	writer := json.NewEncoder(&written)
	writer.SetEscapeHTML(false)
	if writer.Encode(read) != nil {
		return document
	}
	return strings.TrimSuffix(written.String(), "\n")
}

func rangeLiteral(value string, ty *engine.ColumnType) string {
	bounds := strings.Split(strings.Trim(value, "[)"), ", ")
	for index := range bounds {
		bounds[index] = shortFraction(bounds[index])
	}
	return typeName(ty) + " " + quoted("["+strings.Join(bounds, ", ")+")")
}

// shortFraction gives a fraction of a second three digits or six, and none where it is nought.
func shortFraction(value string) string {
	whole, rest, found := strings.Cut(value, ".")
	if !found {
		return value
	}
	end := strings.IndexAny(rest, "+-")
	if end < 0 {
		end = len(rest)
	}
	digits := strings.TrimRight(rest[:end], "0")
	switch {
	case digits == "":
		return whole + rest[end:]
	case len(digits) <= 3:
		return whole + "." + padded(digits, 3) + rest[end:]
	}
	return whole + "." + padded(digits, 6) + rest[end:]
}

func padded(digits string, length int) string {
	return digits + strings.Repeat("0", max(0, length-len(digits)))
}

// mark is the quotation mark that needs no escaping where one does not: double, unless the text holds that one alone.
func mark(text string) string {
	if strings.Contains(text, `"`) && !strings.Contains(text, "'") {
		return "'"
	}
	return `"`
}

var escapes = map[rune]string{'\n': `\n`, '\r': `\r`, '\t': `\t`, '\\': `\\`}

func quoted(text string) string {
	mark := mark(text)
	var written strings.Builder
	for _, one := range text {
		switch short, known := escapes[one]; {
		case known:
			written.WriteString(short)
		case string(one) == mark:
			written.WriteString(`\` + mark)
		case one < ' ' || one == 0x7f:
			fmt.Fprintf(&written, `\x%02x`, one)
		default:
			written.WriteRune(one)
		}
	}
	return mark + written.String() + mark
}

func quotedBytes(bytes []byte) string {
	mark := mark(string(bytes))
	var written strings.Builder
	for _, one := range bytes {
		switch short, known := escapes[rune(one)]; {
		case known:
			written.WriteString(short)
		case string(rune(one)) == mark:
			written.WriteString(`\` + mark)
		case one < ' ' || one > '~':
			fmt.Fprintf(&written, `\x%02x`, one)
		default:
			written.WriteByte(one)
		}
	}
	return "b" + mark + written.String() + mark
}
